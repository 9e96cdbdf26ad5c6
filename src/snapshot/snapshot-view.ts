import type { Reader, Statement, Tx } from '../db/index.ts'
import { managedPolicyArn, namesOn } from '../policy/index.ts'
import type { AccountSnapshot, SeenManaged, SeenPrincipal, SnapshotState } from './snapshot.ts'

/** A policy's columns, of `snapshot_policy m` joined to the ARN `arn`. */
const managedJson = (
  arn: string,
): string => `jsonb_build_object('arn', ${arn}, 'name', coalesce(m.name, regexp_replace(${arn}, '^.*/', '')),
  'document', m.document, 'versions', m.versions)`

/** The policies on `p`, a row of snapshot_principal: all, or those that concern rds-db:connect. */
const policiesJson = (p: string, only: 'all' | 'connect'): string => `
  'inline', coalesce((select jsonb_agg(i - 'connects' order by n) from jsonb_array_elements(${p}.inline) with ordinality as e(i, n)
    ${only === 'connect' ? `where (i->>'connects')::boolean` : ''}), '[]'),
  'attached', coalesce((select jsonb_agg(${managedJson('a.arn')} order by a.arn) from unnest(${p}.attached) as a(arn)
    left join snapshot_policy m on m.account_id = ${p}.account_id and m.arn = a.arn
    ${only === 'connect' ? 'where m.connects is not false' : ''}), '[]')`

const boundaryJson = `case when p.boundary_arn is not null then (select ${managedJson('p.boundary_arn')} from (select) as one
  left join snapshot_policy m on m.account_id = p.account_id and m.arn = p.boundary_arn) end`

/**
 * A query for one principal (`p`, a row of snapshot_principal) as JSON (SeenPrincipal), with those of its policies that
 * concern rds-db:connect. Null if no complete sweep has seen it. Other slices embed it in their statements; the
 * arguments are SQL. A principal of another unique id than the one given is not the same.
 */
export const seenPrincipal = (accountId: string, arn: string, uniqueId: string | null): string => `
  (select jsonb_build_object('kind', p.kind, 'name', p.name, 'arn', p.arn, 'uniqueId', p.unique_id, 'trust', p.trust,
    ${policiesJson('p', 'connect')}, 'boundary', ${boundaryJson},
    'groups', coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'arn', g.arn, 'uniqueId', g.unique_id, ${policiesJson('g', 'connect')}) order by g.name)
      from snapshot_principal g where g.account_id = p.account_id and g.kind = 'group' and g.name = any(p.groups)), '[]'),
    'members', case when p.kind = 'group' then coalesce((select jsonb_agg(u.arn order by u.arn)
      from snapshot_principal u where u.account_id = p.account_id and p.name = any(u.groups)), '[]') end)
  from snapshot_principal p where p.account_id = ${accountId} and p.arn = ${arn}${uniqueId === null ? '' : ` and p.unique_id = ${uniqueId}`})`

const oneStatement: Statement = { name: 'snapshot-principal', text: `select ${seenPrincipal('$1', '$2', '$3')} as seen` }

/** One principal, in one round trip; null if no complete sweep has seen it. */
export async function findSeenPrincipal(
  reader: Reader,
  { accountId, arn, uniqueId }: { readonly accountId: string; readonly arn: string; readonly uniqueId: string },
): Promise<SeenPrincipal | null> {
  const [row] = await reader.query<{ seen: SeenPrincipal | null }>(oneStatement, [accountId, arn, uniqueId])
  return row?.seen ?? null
}

type StateRow = Omit<SnapshotState, 'attention'> & {
  readonly code: string | null
  readonly message: string | null
  readonly since: Date | null
  readonly attempts: number
}

const stateStatement: Statement = {
  name: 'snapshot-state',
  text: `select as_of as "asOf", tried_at as "triedAt", attention_code as code, attention_message as message, attention_since as since, attempts
    from account_snapshot where account_id = $1`,
}

/** How the account's snapshot stands; null if no sweep was ever tried. */
export async function snapshotState(reader: Reader, accountId: string): Promise<SnapshotState | null> {
  const [row] = await reader.query<StateRow>(stateStatement, [accountId])
  return row === undefined ? null : stateOf(row)
}

const stateOf = ({ code, message, since, attempts, ...times }: StateRow): SnapshotState => ({
  ...times,
  attention: code === null || message === null || since === null ? null : { code, message, since, attempts },
})

const accountStatement: Statement = {
  name: 'snapshot-account',
  text: `select s.as_of as "asOf", s.tried_at as "triedAt", s.attention_code as code, s.attention_message as message, s.attention_since as since, s.attempts,
    coalesce((select json_agg(json_build_object('kind', p.kind, 'name', p.name, 'arn', p.arn, 'uniqueId', p.unique_id, 'trust', p.trust,
        'groupNames', p.groups, 'inline', p.inline, 'attached', p.attached, 'boundaryArn', p.boundary_arn) order by p.arn collate "C")
      from snapshot_principal p where p.account_id = $1), '[]') as principals,
    coalesce((select json_agg(json_build_object('arn', m.arn, 'name', m.name, 'document', m.document, 'versions', m.versions))
      from snapshot_policy m where m.account_id = $1), '[]') as policies
    from account_snapshot s where s.account_id = $1`,
}

interface PrincipalRow extends Pick<SeenPrincipal, 'kind' | 'name' | 'arn' | 'uniqueId' | 'trust' | 'inline'> {
  readonly groupNames: readonly string[]
  readonly attached: readonly string[]
  readonly boundaryArn: string | null
}

interface AccountRow extends StateRow {
  readonly principals: readonly PrincipalRow[]
  readonly policies: readonly SeenManaged[]
}

/** The whole account as the last complete sweep saw it, by ARN, in one round trip; null if there was none. */
export async function readSnapshot(reader: Reader, accountId: string): Promise<AccountSnapshot | null> {
  const [row] = await reader.query<AccountRow>(accountStatement, [accountId])
  if (row === undefined) return null
  const { principals, policies, ...rest } = row
  const { asOf, ...state } = stateOf(rest)
  return asOf === null ? null : { ...state, asOf, principals: assemble(principals, policies) }
}

function assemble(rows: readonly PrincipalRow[], policies: readonly SeenManaged[]): SeenPrincipal[] {
  const byArn = new Map(policies.map((policy) => [policy.arn, policy]))
  const managed = (arn: string) => byArn.get(arn) ?? { arn, name: arn.replace(/^.*\//, ''), document: null, versions: null }
  const policiesOf = (row: PrincipalRow) => ({ inline: row.inline, attached: row.attached.map(managed) })
  const groups = new Map(
    rows
      .filter(({ kind }) => kind === 'group')
      .map((row) => [row.name, { name: row.name, arn: row.arn, uniqueId: row.uniqueId, ...policiesOf(row) }]),
  )
  const members = new Map<string, string[]>()
  for (const { arn, groupNames } of rows) for (const group of groupNames) members.set(group, [...(members.get(group) ?? []), arn])
  return rows.map((row) => ({
    kind: row.kind,
    name: row.name,
    arn: row.arn,
    uniqueId: row.uniqueId,
    trust: row.trust,
    ...policiesOf(row),
    boundary: row.boundaryArn === null ? null : managed(row.boundaryArn),
    groups: row.groupNames.flatMap((name) => groups.get(name) ?? []),
    members: row.kind === 'group' ? (members.get(row.name) ?? []) : null,
  }))
}

/** The names of the managed policies of ours made for an entity that the last sweep of its account saw, attached or not. */
export async function managedPoliciesOf(
  tx: Tx,
  target: { readonly account: { readonly id: string; readonly partition: string }; readonly uniqueId: string },
  deploymentId: string,
): Promise<string[]> {
  const first = namesOn(deploymentId, target.uniqueId)(1)
  const prefix = managedPolicyArn(target.account, deploymentId, first).replace(/1$/, '')
  const rows = await tx.prisma.$queryRaw<{ name: string }[]>`
    select name from snapshot_policy where account_id = ${target.account.id} and starts_with(arn, ${prefix})`
  return rows.map(({ name }) => name)
}

/** The accounts whose sweep is due and was not done: new ones, and those whose job was lost. */
export const forgottenSweeps = (tx: Tx): Promise<{ readonly id: string }[]> =>
  tx.prisma.$queryRaw`
    select a.id from account a left join account_snapshot s on s.account_id = a.id
    where a.active and (s.next_at is null or s.next_at <= now() - interval '10 seconds')`
