export { type Judgement, judge, type Refusal } from './judge.ts'
export type { AskedEntitlement, DatabaseFacts, Question } from './question.ts'
export { approversOf, type Tally, tally } from './tally.ts'
