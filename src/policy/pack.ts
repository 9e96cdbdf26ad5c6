import { countedCharacters, isRole } from './document.ts'
import { fitsGuard } from './guard.ts'
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
  /** Managed policies that can be attached, the guard left out. */
  readonly managed: number
  /** Whether all that is granted must fit the guard as well. */
  readonly guarded: boolean
}

/** What other people's policies take up on an entity. */
export interface Foreign {
  /** Counted characters of their inline policies. */
  readonly characters: number
  /** Their managed policies that are attached. */
  readonly attached: number
}

/** A guard takes one of the attachments, whether it is there yet or not. */
export const roomOn = (kind: EntityKind, foreign: Foreign, guarded = false): Room => ({
  inline: Math.max(0, inlineQuota(kind) - foreign.characters),
  managed: Math.max(0, ATTACHED_QUOTA - foreign.attached - Number(guarded)),
  guarded,
})

/** What a statement of a permission set has more than a document that stands alone: its Sid, and a comma. */
const SID = 64

/**
 * The same for a permission set in one account: by reference in managed policies, or else in its one inline policy
 * (IAM Identity Center User Guide, "Quotas"; its managed policies are attached to a role, whose quota is the smaller).
 */
export const roomOnSet = (foreign: Foreign, way: 'reference' | 'inline'): Room => ({
  inline: way === 'inline' ? Math.max(0, inlineQuota('role') - SID - foreign.characters) : 0,
  managed: way === 'reference' ? Math.max(0, ATTACHED_QUOTA - foreign.attached) : 0,
  guarded: false,
})

/** How full a document is, as IAM counts; every ARN is counted with a comma, though the first has none. */
interface Fill {
  readonly characters: number
  /** Whether it has the statement that allows to assume roles. */
  readonly assumes: boolean
}

/** Documents begin with the statement that allows to connect; one that only allows to assume roles is a little smaller. */
const empty: Fill = {
  characters: countedCharacters('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["rds-db:connect"],"Resource":[]}]}') - 1,
  assumes: false,
}
const ASSUMING = countedCharacters(',{"Effect":"Allow","Action":["sts:AssumeRole"],"Resource":[]}')

function filledBy({ characters, assumes }: Fill, arn: string): Fill {
  const statement = isRole(arn) && !assumes ? ASSUMING : 0
  return { characters: characters + statement + countedCharacters(arn) + '"",'.length, assumes: assumes || isRole(arn) }
}

/**
 * Gives each of these a place beside what has one: where its ARN stands already, or else in the first policy with room.
 * What has a place is never moved, so that one more grant changes one document. Null if one of them fits nowhere.
 *
 * Nothing needs moving: when an ARN is refused, every policy has less free than that ARN is long, which is 2 or 3 % of
 * what fits on a role. ARNs that a wider one covers are counted too: they must fit when the wider one ends.
 * On a guarded target all of them must fit the guard as well.
 */
export function place<Item extends { readonly arn: string }>(
  standing: readonly Placed[],
  items: readonly Item[],
  room: Room,
): readonly (Item & { readonly placement: Placement })[] | null {
  if (room.guarded && !fitsGuard([...standing, ...items])) return null
  const places = new Map(standing.map(({ arn, placement }) => [arn, placement]))
  const used = new Map<Placement, Fill>()
  const use = (placement: Placement, arn: string) => used.set(placement, filledBy(used.get(placement) ?? empty, arn))
  for (const [arn, placement] of places) use(placement, arn)
  const placed: (Item & { readonly placement: Placement })[] = []
  for (const item of items) {
    const standingAt = places.get(item.arn)
    const placement = standingAt ?? placementFor(item.arn, used, room)
    if (placement === null) return null
    if (standingAt === undefined) use(placement, item.arn)
    places.set(item.arn, placement)
    placed.push({ ...item, placement })
  }
  return placed
}

/** Those of `more`, taken in their order, that one document of at most `limit` characters has room for beside the others. */
export function fitting(limit: number, others: readonly string[], more: readonly string[]): readonly string[] {
  let fill = others.reduce(filledBy, empty)
  return more.filter((arn) => {
    const next = filledBy(fill, arn)
    const fits = next.characters <= limit
    if (fits) fill = next
    return fits
  })
}

function placementFor(arn: string, used: ReadonlyMap<Placement, Fill>, room: Room): Placement | null {
  const fits = (placement: Placement, limit: number) => filledBy(used.get(placement) ?? empty, arn).characters <= limit
  if (fits(0, room.inline)) return 0
  const managed = Array.from({ length: ATTACHED_QUOTA }, (_, index) => index + 1)
  const open = managed.filter((placement) => used.has(placement))
  const free = open.length < room.managed ? managed.find((placement) => !used.has(placement)) : undefined
  return [...open, ...(free === undefined ? [] : [free])].find((placement) => fits(placement, MANAGED_QUOTA)) ?? null
}
