import { connectParts } from '../connect-resource-parts.ts'
import type { PolicyFacts } from '../database-facts.ts'
import { coversConnect } from '../evaluate.ts'
import type { Policy, Statement } from '../policy.ts'
import { quoted } from '../quoted.ts'
import { leavesOutConnect, reachesConnect } from '../relate.ts'
import { type Finding, finding } from './finding.ts'
import { type ActionReading, lintActions } from './lint-actions.ts'
import { lintConditions } from './lint-conditions.ts'
import { lintResource } from './lint-resource.ts'

/** Everything that is wrong with one statement by itself. What is not about connecting is nobody's business here. */
export function lintStatement(statement: Statement, version: Policy['version'], facts: PolicyFacts): readonly Finding[] {
  const actions = lintActions(statement)
  const seen = new Set<string>()
  const { resources, effect } = statement
  const found = resources.patterns.flatMap((text, index): readonly Finding[] => {
    const pointer = resources.pointers[index] ?? ''
    const isAbout = actions.meansConnect || connectParts(text)?.service.toLowerCase() === 'rds-db'
    if (!isAbout) return []
    if (seen.has(text)) return [finding('duplicate_resource', pointer, `${quoted(text)} is listed twice`, 'Take one of the two out.')]
    seen.add(text)
    return lintResource({
      text,
      pointer,
      version,
      withOthers: actions.others.length > 0,
      namesConnect: actions.namesConnect,
      judgeWildcards: effect === 'Allow' && !resources.negated,
      facts,
    })
  })
  const isAbout = actions.meansConnect || seen.size > 0
  return [...actions.findings, ...found, ...(isAbout ? lintConditions(statement) : []), ...allowsRest(statement, version, actions)]
}

/** `NotAction` and `NotResource` with Allow let connect by what they leave out. */
function allowsRest(statement: Statement, version: Policy['version'], { namesConnect }: ActionReading): readonly Finding[] {
  const { effect, actions, resources, pointer } = statement
  if (effect !== 'Allow' || !coversConnect(actions)) return []
  const somewhere = resources.negated
    ? !leavesOutConnect(resources, version)
    : resources.patterns.some((text) => reachesConnect(text, version))
  if (!somewhere) return []
  const notAction = actions.negated
    ? [
        finding(
          'allow_not_action',
          `${pointer}/NotAction`,
          'NotAction does not list rds-db:connect, so that this Allow lets connect to databases too',
          'Add "rds-db:*" to NotAction, or list under Action what is meant.',
        ),
      ]
    : []
  const notResource =
    resources.negated && (namesConnect || actions.negated)
      ? [
          finding(
            'allow_not_resource',
            `${pointer}/NotResource`,
            'NotResource lets connect to every database user that it does not list, in every region of the account, also to those to come',
            'List under Resource what is meant.',
          ),
        ]
      : []
  return [...notAction, ...notResource]
}
