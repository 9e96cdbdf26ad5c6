import type { SallyportFile } from '../config/index.ts'
import type { Path } from '../kernel/rule.ts'
import type { SeenPrincipal } from '../snapshot/index.ts'

/**
 * Why a grant would not reach everybody whom it is for: a guard knows only what is granted to its own principal, so that it
 * denies what a guarded user has through a group, and what a user of a guarded group has been granted itself. Sessions of
 * access roles are neither's. By what the last sweep saw of the principal; null: it saw nothing.
 */
export function guardWarnings(file: Pick<SallyportFile, 'principals'>, seen: SeenPrincipal | null, path: Path): string[] {
  if (seen === null || path !== 'direct') return []
  const guarded = new Set(file.principals.map(({ arn }) => arn))
  return [
    ...(seen.members ?? [])
      .filter((arn) => guarded.has(arn))
      .map((arn) => `${arn} of this group is guarded, and is denied what only the group is granted: ask for the user itself.`),
    ...seen.groups
      .filter(({ arn }) => guarded.has(arn))
      .map(({ arn }) => `The user is in ${arn}, which is guarded: the user is denied what the group is not granted too.`),
  ]
}
