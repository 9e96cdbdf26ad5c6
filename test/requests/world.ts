import type { CatalogDatabase } from '../../src/catalog/index.ts'
import { readContent, type SallyportFile } from '../../src/config/index.ts'
import type { ActorRecord } from '../../src/kernel/actor.ts'
import type { Decision, Request, RequestEntitlement } from '../../src/requests/request.ts'

const HOUR = 3_600

export const role = 'arn:aws:iam::123456789012:role/app-reader'

/** One rule for everything: developers may ask, one of the dba approves. Tests change parts of it. */
export const dbaApproves = {
  name: 'a-dba',
  who: { groups: ['developers', 'dba'] },
  databases: {},
  dbUsers: ['*'],
  principals: ['arn:aws:iam::123456789012:role/app-*'],
  approvals: [{ from: { groups: ['dba'] }, count: 1 }] as unknown,
  duration: { default: 'PT1H', longest: 'PT8H' },
  waits: 'P1D',
}

const everybody = [
  { id: 'developer', groups: ['developers'] },
  { id: 'developer-2', groups: ['developers'] },
  { id: 'dba', groups: ['dba'] },
  { id: 'dba-2', groups: ['dba'] },
  { id: 'security', groups: ['security'] },
]

/** The rules of now. */
export const fileOf = (
  rules: readonly object[] = [dbaApproves],
  people: readonly object[] = everybody,
  tickets: readonly object[] = [],
): SallyportFile => readContent({ accounts: [{ id: '123456789012', name: 'demo', regions: ['us-east-2'] }], people, tickets, rules })

export const without = (...ids: readonly string[]) => everybody.filter(({ id }) => !ids.includes(id))

export const database = {
  id: 'dbs_01kazv5vb4pex5vsknk084sn02' as const,
  accountId: '123456789012',
  partition: 'aws',
  region: 'us-east-2',
  kind: 'cluster' as const,
  resourceId: 'cluster-ABCDEFGHIJKL01234',
  identifier: 'orders',
  arn: 'arn:aws:rds:us-east-2:123456789012:cluster:orders',
  engine: 'aurora-postgresql',
  engineVersion: null,
  host: 'orders.example',
  port: 5432,
  iamAuth: true,
  tags: {},
  declared: true,
  found: false,
  goneAt: null,
}

export const askedAt = new Date('2026-01-31T09:00:00Z')
export const after = (seconds: number) => new Date(askedAt.getTime() + seconds * 1_000)

const dev = (person: string): ActorRecord => ({ kind: 'person', person, credential: `dev:${person}`, via: 'dev' })

/** The developer's request for three database users of one cluster, for eight hours. */
export const requestOf = (facts: Partial<Request> = {}): Request => ({
  id: 'req_01kazv5vb4pex5vsknk084sn02',
  status: 'pending',
  requesterId: 'developer',
  beneficiaryId: 'developer',
  askedBy: dev('developer'),
  keyOwnerId: null,
  principal: { arn: role, kind: 'role', accountId: '123456789012', uniqueId: 'AROAEXAMPLE' },
  sharedWith: null,
  seen: null,
  path: 'direct',
  manner: 'ordinary',
  extending: null,
  durationSeconds: 8 * HOUR,
  startsAt: null,
  reason: 'Investigate slow invoices',
  ticket: null,
  ticketFacts: null,
  judgement: { matched: [], stages: [{ from: { groups: ['dba'], people: [] }, count: 1 }], durationLongest: 8 * HOUR },
  ruleSetHash: 'then',
  approverGroups: ['dba'],
  approverPeople: [],
  createdAt: askedAt,
  expiresAt: after(24 * HOUR),
  decidedAt: null,
  originId: null,
  endReason: null,
  escalations: [],
  entitlements: ['db_user', 'jane_doe', 'mary_roe'].map((dbUser, position) => entitlementOf(position, dbUser)),
  decisions: [],
  comments: [],
  grants: [],
  later: [],
  ...facts,
})

/** One database user of one database. */
export const entitlementOf = (position: number, dbUser: string, of: CatalogDatabase = database): RequestEntitlement => ({
  position,
  database: of,
  place: { partition: of.partition, accountId: of.accountId, region: of.region },
  dbUser,
  selector: null,
  today: null,
})

export const approvalBy = (personId: string, facts: Partial<Decision> = {}): Decision => ({
  id: 'dec_01kazv5vb4pex5vsknk084sn02',
  personId,
  decidedBy: dev(personId),
  verdict: 'approve',
  comment: null,
  durationSeconds: null,
  positions: [0, 1, 2],
  createdAt: askedAt,
  ...facts,
})

/** Somebody with their own credential. */
export const by = (id: string, credential: { id?: string; ownerId?: string | null; via?: string } = {}) => ({
  person: { id },
  credential: {
    id: credential.id ?? `dev:${id}`,
    ownerId: credential.ownerId === undefined ? id : credential.ownerId,
    via: credential.via ?? 'dev',
  },
})

export const approving = { verdict: 'approve' as const, durationSeconds: null, entitlements: null }
export const denying = { verdict: 'deny' as const, durationSeconds: null, entitlements: null }
