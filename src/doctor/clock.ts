import { type Finding, findingsAt } from './finding.ts'

/** AWS refuses a signature that is more than five minutes old or early (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html). */
const REFUSED = 300_000
/** Milliseconds from which it is no network and no rounding any more. */
const NOTICED = 5_000

/** What a difference between two clocks means; `ahead` in milliseconds, as `whose` clock is ahead of this machine's. */
export function clockFindings(where: string, whose: 'AWS' | 'Postgres', ahead: number | null): readonly Finding[] {
  if (ahead === null || Math.abs(ahead) < NOTICED) return []
  const what = `This machine’s clock is ${Math.round(Math.abs(ahead) / 1_000)} s ${ahead > 0 ? 'behind' : 'ahead of'} that of ${whose}`
  const cure =
    whose === 'AWS'
      ? 'Set it by NTP: AWS refuses signatures that are five minutes wrong.'
      : 'Set the clocks by NTP. Postgres’ clock decides when access starts and ends.'
  const { error, warning } = findingsAt(where)
  return [whose === 'AWS' && Math.abs(ahead) >= REFUSED ? error('clock', what, cure) : warning('clock', what, cure)]
}
