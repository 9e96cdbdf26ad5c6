import { formatDuration } from '../kernel/duration.ts'
import { type AllowRule, includes, type Stage, type Who } from '../kernel/rule.ts'
import type { SallyportFile } from './file-schema.ts'
import { at, type Problem } from './problem.ts'
import { isToldElsewhere, knownGroups } from './sense-of-people.ts'
import { suggestion } from './suggestion.ts'

/** Names of groups that nobody is in, and of people who are not there. */
export function whoProblems(file: SallyportFile, who: Who): Problem[] {
  const groups = knownGroups(file)
  const people = file.people.map((person) => person.id)
  return [
    ...who.groups.flatMap((group, index) =>
      groups.includes(group) ? [] : [{ path: ['groups', index], message: `nobody is in group ${group}${suggestion(group, groups)}` }],
    ),
    ...who.people.flatMap((id, index) =>
      people.includes(id) ? [] : [{ path: ['people', index], message: `${id} is not listed under people${suggestion(id, people)}` }],
    ),
  ]
}

/** The same where somebody must be named. */
export const namedProblems = (file: SallyportFile, who: Who): Problem[] => [
  ...whoProblems(file, who),
  ...(who.groups.length + who.people.length > 0 ? [] : [{ path: [], message: 'names nobody; give groups or people' }]),
]

/** The same where somebody must be there to do it. */
export const enoughProblems = (file: SallyportFile, who: Who): Problem[] =>
  stageProblems(file, { from: who, count: 1 }).map(({ path, ...rest }) => ({ ...rest, path: path.slice(1) }))

/** What is wrong with a stage of a rule. */
export const askedProblems = (file: SallyportFile, stage: Stage, rule: Pick<AllowRule, 'waits'>): Problem[] => [
  ...stageProblems(file, stage),
  ...escalationProblems(file, stage, rule).map(at('escalate')),
]

function stageProblems(file: SallyportFile, stage: Stage): Problem[] {
  const problems = namedProblems(file, stage.from).map(at('from'))
  const able = file.people.filter((person) => includes(stage.from, person)).length
  // Where a name is wrong, the number says nothing; who is in a group by a claim or by SCIM, the file does not know.
  if (problems.length > 0 || able >= stage.count || stage.from.groups.some((group) => isToldElsewhere(file, group))) return problems
  return [{ path: ['count'], message: `${stage.count} must approve, but only ${able} can` }]
}

function escalationProblems(file: SallyportFile, { escalate }: Stage, { waits }: Pick<AllowRule, 'waits'>): Problem[] {
  if (escalate === undefined) return []
  const late = { path: ['after'], message: `must be less than waits, which is ${formatDuration(waits)}: by then the request has expired` }
  return [...namedProblems(file, escalate.to).map(at('to')), ...(escalate.after < waits ? [] : [late])]
}
