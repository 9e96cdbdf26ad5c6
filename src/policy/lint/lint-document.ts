import { countedCharacters } from '../document.ts'
import { isObject } from '../json-kind.ts'
import type { Policy, Statement } from '../policy.ts'
import { inlineQuota } from '../quota.ts'
import { quoted } from '../quoted.ts'
import { type Finding, finding } from './finding.ts'

/** How many characters, as IAM counts them, the longest policy may have: that of a role, or of a permission set. */
const longest = inlineQuota('role')

/** Null, or what makes the policy too long for any place in IAM. */
export function tooLong(text: string): Finding | null {
  const characters = countedCharacters(text)
  if (characters <= longest) return null
  const detail = `the policy has ${characters} characters, blanks left out; no user, group, role or permission set takes more than ${longest} in one`
  return finding('too_long', '', detail, 'Split it into several policies, or use wildcards.')
}

/** What is wrong with the policy as a whole. */
export const lintDocument = (json: unknown, policy: Policy): readonly Finding[] => [
  ...lintVersion(json, policy),
  ...duplicateStatements(policy.statements),
]

function lintVersion(json: unknown, { version, statements }: Policy): readonly Finding[] {
  if (version === '2012-10-17') return []
  const isMissing = isObject(json) && json['Version'] === undefined
  const missing = finding(
    'version_missing',
    '/Version',
    'Version is missing, and the policy is read in the language of 2008-10-17',
    'Write "Version": "2012-10-17".',
    '2012-10-17',
  )
  const variables = statements.flatMap(({ resources, conditions }) => [
    ...resources.patterns.map((text, index) => ({ text, pointer: resources.pointers[index] ?? '' })),
    ...conditions.flatMap(({ values, pointer }) => values.map((text) => ({ text, pointer }))),
  ])
  const unread = variables
    .filter(({ text }) => text.includes('${'))
    .map(({ text, pointer }) =>
      finding(
        'variable_in_old_version',
        pointer,
        `${quoted(text)} holds a policy variable, which in the language of 2008-10-17 means nothing but these characters`,
        'Write "Version": "2012-10-17" at the beginning of the policy.',
      ),
    )
  return [...(isMissing ? [missing] : []), ...unread]
}

function duplicateStatements(statements: readonly Statement[]): readonly Finding[] {
  const first = new Map<string, Statement>()
  return statements.flatMap((statement) => {
    const meaning = meaningOf(statement)
    const earlier = first.get(meaning)
    if (earlier === undefined) {
      first.set(meaning, statement)
      return []
    }
    return [
      finding('duplicate_statement', statement.pointer, `says the same as the statement at ${earlier.pointer}`, 'Take one of the two out.'),
    ]
  })
}

/** The same for statements that say the same in another order, or under another Sid. */
const meaningOf = ({ effect, actions, resources, conditions }: Statement): string =>
  JSON.stringify([
    effect,
    [actions.negated, ...actions.patterns.map((pattern) => pattern.toLowerCase()).sort()],
    [resources.negated, ...[...resources.patterns].sort()],
    conditions
      .map(({ set, test, ifExists, key, values }) => JSON.stringify([set, test, ifExists, key.toLowerCase(), [...values].sort()]))
      .sort(),
  ])
