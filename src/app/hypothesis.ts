import type { CaseDatabase, Hypothesis, SallyportFile } from '../config/index.ts'
import type { Person } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { includes } from '../kernel/rule.ts'
import { parseDirectArn, parseTrustedArn } from '../policy/index.ts'
import { refuseOutOfReach, refuseUnmanaged } from '../requests/index.ts'
import {
  type Judgement,
  judge,
  type KnownTicket,
  type Question,
  type Reasoning,
  reasoning,
  type StageStanding,
  stagesNow,
} from '../rules/index.ts'

/** What the rules of a file say to what somebody would ask for, and why. */
export interface Thought {
  readonly judgement: Judgement
  readonly reasoning: Reasoning
  /** The ids of everybody who could approve. */
  readonly approvers: readonly string[]
  /** The approvals needed, with who could give each. */
  readonly stages: readonly StageStanding[]
  /** The ids of everybody else who could approve once a stage has waited for long enough. */
  readonly later: readonly string[]
}

/**
 * Judges by a file alone, as a request would be: databases are those that it declares, or whatever the hypothesis says of
 * one. Pure. Throws a code of 4xx for what could not be asked for at all, whatever the rules.
 */
export function think(file: SallyportFile, ask: Hypothesis): Thought {
  const question = questionOf(file, ask)
  const judgement = judge(file.rules, question)
  const own = new Set([question.requester.id, question.beneficiary.id])
  const [first] = reasoning(file.rules, question)
  if (first === undefined) throw new Error('a hypothesis is about one entitlement')
  const stages = judgement.allowed ? stagesNow(judgement.stages, file.people, own) : []
  const approvers = [...new Set(stages.flatMap((stage) => stage.approvers))].sort()
  const waited = file.people.filter((person) => stages.some(({ stage: { escalate } }) => escalate && includes(escalate.to, person)))
  const later = waited.map(({ id }) => id).filter((id) => !own.has(id) && !approvers.includes(id))
  return { judgement, reasoning: first, approvers, stages, later: later.sort() }
}

function questionOf(file: SallyportFile, ask: Hypothesis): Question {
  const { path } = ask
  const principal = path === 'direct' ? parseDirectArn(ask.principal) : parseTrustedArn(ask.principal)
  refuseUnmanaged({ principal, path }, file.accounts)
  const { database, declared, place, engine } = databaseOf(file, ask.database)
  refuseOutOfReach({ database: declared, place, engine, dbUser: ask.dbUser }, { principal, path }, '')
  return {
    requester: personOf(file, ask.person, 'unknown_person'),
    beneficiary: personOf(file, ask.beneficiary, 'unknown_beneficiary'),
    principal: { arn: ask.principal, account: principal.account ?? '', managed: file.accounts.some(({ id }) => id === principal.account) },
    path,
    manner: ask.manner,
    reason: ask.reason,
    ticket: ask.ticket === null ? null : { ...ask.ticket, known: supposed(ask) },
    entitlements: [{ position: 0, database, place, dbUser: ask.dbUser }],
  }
}

/** Which tickets there are, a file does not tell: one that is named is taken to be open and of who asks. */
const supposed = ({ person, ticket }: Hypothesis): KnownTicket => ({
  open: true,
  closed: false,
  status: 'open',
  type: ticket?.type ?? null,
  people: [person],
})

function personOf(file: SallyportFile, id: string, code: 'unknown_person' | 'unknown_beneficiary'): Person {
  const person = file.people.find((each) => each.id === id)
  if (person === undefined) throw new SallyportError(code, `There is no ${id} in the directory.`)
  return person
}

function databaseOf(file: SallyportFile, named: CaseDatabase) {
  if (typeof named !== 'string') {
    const { account: accountId, region, identifier, tags } = named
    const account = file.accounts.find(({ id }) => id === accountId)
    if (account === undefined) throw new SallyportError('unknown_account', `Account ${accountId} is not managed here.`)
    const place = { accountId, region, partition: account.partition }
    return { database: identifier === null ? null : { identifier, tags }, declared: null, place, engine: null }
  }
  const matching = file.databases.filter(({ identifier, resourceId, arn }) => [identifier, resourceId, arn].includes(named))
  const [database] = matching
  if (database === undefined) {
    throw new SallyportError(
      'unknown_database',
      `The file declares no ${named}; a database that it does not declare is described by account, region, identifier and tags.`,
    )
  }
  if (matching.length > 1)
    throw new SallyportError('ambiguous_database', `${named} could be ${matching.map(({ arn }) => arn).join(' or ')}; name it by its ARN.`)
  return { database, declared: database, place: database, engine: database.engine }
}
