import { countedCharacters } from './document.ts'
import { ATTACHED_QUOTA, type EntityKind, inlineQuota, MANAGED_QUOTA } from './quota.ts'

/** Where an ARN stands on its target: 0 is the inline policy, 1 to 10 the managed policy of that number. */
export type Placement = number

/** An ARN in its place. */
export interface Placed {
  readonly arn: string
  readonly placement: Placement
}

/** What is left on an entity by the policies that are not Sallyport's. */
export interface Room {
  /** Counted characters in inline policies. */
  readonly inline: number
  /** Managed policies that can be attached. */
  readonly managed: number
}

/** What other people's policies take up on an entity. */
export interface Foreign {
  /** Counted characters of their inline policies. */
  readonly characters: number
  /** Their managed policies that are attached. */
  readonly attached: number
}

export const roomOn = (kind: EntityKind, foreign: Foreign): Room => ({
  inline: Math.max(0, inlineQuota(kind) - foreign.characters),
  managed: Math.max(0, ATTACHED_QUOTA - foreign.attached),
})

/** The counted characters of a document besides its resources; each of them is counted with a comma, though the first has none. */
const EMPTY = countedCharacters('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["rds-db:connect"],"Resource":[]}]}') - 1
const sizeOf = (arn: string): number => countedCharacters(arn) + '"",'.length

/**
 * Gives each of these a place beside what has one: where its ARN stands already, or else in the first policy with room.
 * What has a place is never moved, so that one more grant changes one document. Null if one of them fits nowhere.
 *
 * Nothing needs moving: when an ARN is refused, every policy has less free than that ARN is long, which is 2 or 3 % of
 * what fits on a role. ARNs that a wider one covers are counted too: they must fit when the wider one ends.
 */
export function place<Item extends { readonly arn: string }>(
  standing: readonly Placed[],
  items: readonly Item[],
  room: Room,
): readonly (Item & { readonly placement: Placement })[] | null {
  const places = new Map(standing.map(({ arn, placement }) => [arn, placement]))
  const used = new Map<Placement, number>()
  const use = (placement: Placement, arn: string) => used.set(placement, (used.get(placement) ?? EMPTY) + sizeOf(arn))
  for (const [arn, placement] of places) use(placement, arn)
  const placed: (Item & { readonly placement: Placement })[] = []
  for (const item of items) {
    const standingAt = places.get(item.arn)
    const placement = standingAt ?? placementFor(sizeOf(item.arn), used, room)
    if (placement === null) return null
    if (standingAt === undefined) use(placement, item.arn)
    places.set(item.arn, placement)
    placed.push({ ...item, placement })
  }
  return placed
}

/** Those of `more`, taken in their order, that one document of at most `limit` characters has room for beside the others. */
export function fitting(limit: number, others: readonly string[], more: readonly string[]): readonly string[] {
  let used = others.reduce((size, arn) => size + sizeOf(arn), EMPTY)
  return more.filter((arn) => {
    const fits = used + sizeOf(arn) <= limit
    if (fits) used += sizeOf(arn)
    return fits
  })
}

function placementFor(size: number, used: ReadonlyMap<Placement, number>, room: Room): Placement | null {
  const fits = (placement: Placement, limit: number) => (used.get(placement) ?? EMPTY) + size <= limit
  if (fits(0, room.inline)) return 0
  const managed = Array.from({ length: ATTACHED_QUOTA }, (_, index) => index + 1)
  const open = managed.filter((placement) => used.has(placement))
  const free = open.length < room.managed ? managed.find((placement) => !used.has(placement)) : undefined
  return [...open, ...(free === undefined ? [] : [free])].find((placement) => fits(placement, MANAGED_QUOTA)) ?? null
}
