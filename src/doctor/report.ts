import type { AccountReport } from './check-account.ts'
import type { IdentityReport } from './check-identity.ts'
import type { PostgresReport } from './check-postgres.ts'
import type { Finding } from './finding.ts'

export interface DoctorReport {
  /** Whether there is no error; warnings may be. */
  readonly ok: boolean
  /** Who Sallyport is at AWS before it assumes a role; null if it cannot be told, or was not asked. */
  readonly identity: string | null
  readonly deploymentId: string | null
  /** Milliseconds that the clocks of AWS, to about a second, and of Postgres are ahead of this machine's; null without an answer. */
  readonly clockAhead: { readonly aws: number | null; readonly postgres: number | null }
  readonly accounts: readonly Omit<AccountReport, 'findings'>[]
  readonly findings: readonly Finding[]
  /** What a refusal can come from and was not looked at. */
  readonly notChecked: readonly string[]
}

export interface Examined {
  /** Null if there is no account to look at. */
  readonly identity: IdentityReport | null
  readonly postgres: PostgresReport
  readonly accounts: readonly AccountReport[]
  /** What is wrong besides. */
  readonly others: readonly Finding[]
}

/** All of it as one; errors first. */
export function reportOf({ identity, postgres, accounts, others }: Examined): DoctorReport {
  const found = [...others, ...(identity?.findings ?? []), ...postgres.findings, ...accounts.flatMap(({ findings }) => findings)]
  const ofLevel = (wanted: Finding['level']) => found.filter(({ level }) => level === wanted)
  return {
    ok: ofLevel('error').length === 0,
    identity: identity?.arn ?? null,
    deploymentId: postgres.deploymentId,
    clockAhead: { aws: identity?.clockAhead ?? null, postgres: postgres.clockAhead },
    accounts: accounts.map(({ findings: _, ...rest }) => rest),
    findings: [...ofLevel('error'), ...ofLevel('warning')],
    notChecked: ['service and resource control policies of the organisation', 'what a permission set’s own permissions boundary leaves'],
  }
}
