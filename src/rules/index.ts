export { type Judgement, judge } from './judge.ts'
export type { Question } from './question.ts'
export { inScope } from './rule-parts.ts'
export { approversOf, tally } from './tally.ts'
