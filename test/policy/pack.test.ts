import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compile,
  countedCharacters,
  type EntityKind,
  namesOn,
  type Placed,
  parseConnectArn,
  place,
  roomOn,
} from '../../src/policy/index.ts'

const alone = { characters: 0, attached: 0 }
const cluster = (index: number) => `cluster-${index.toString(36).toUpperCase().padStart(26, '0')}`
const arnOf = (index: number, dbUser: string) => `arn:aws:rds-db:us-east-2:123456789012:dbuser:${cluster(index)}/${dbUser}`
const items = (arns: readonly string[]) => arns.map((arn) => ({ arn }))

/** The sizes of the policies that IAM would see, by place. */
function sizes(placed: readonly Placed[]): Map<number, number> {
  const documents = compile(
    placed.map(({ arn, placement }) => ({ arn: parseConnectArn(arn), placement })),
    (placement) => String(placement),
  )
  return new Map([...documents].map(([name, document]) => [Number(name), countedCharacters(document)]))
}

/** As many as fit, one after the other, each beside those that have a place. */
function fill(kind: EntityKind, arns: Iterable<string>, foreign = alone): Placed[] {
  const placed: Placed[] = []
  for (const arn of arns) {
    const added = place(placed, [{ arn }], roomOn(kind, foreign))
    if (added === null) break
    placed.push(...added)
  }
  return placed
}

function* users(name: (index: number) => string): Generator<string> {
  for (let index = 0; ; index++) yield arnOf(index, name(index))
}

describe('a policy is chosen', () => {
  test('inline as long as it has room, then the first managed one', () => {
    const room = roomOn('user', { characters: 2_048 - countedCharacters(documentOf(arnOf(1, 'db_user'))), attached: 0 })
    expect(place([], items([arnOf(1, 'db_user'), arnOf(2, 'db_user')]), room)?.map(({ placement }) => placement)).toEqual([0, 1])
  })

  test('once for the same ARN, and nothing that has a place is moved', () => {
    const standing = [{ arn: arnOf(1, 'db_user'), placement: 4 }]
    const placed = place(standing, items([arnOf(1, 'db_user'), arnOf(2, 'db_user')]), roomOn('role', { characters: 10_240, attached: 0 }))
    expect(placed?.map(({ placement }) => placement)).toEqual([4, 4])
  })

  test('to the last character of the inline quota', () => {
    const exactly = countedCharacters(documentOf(arnOf(1, 'db_user')))
    const withRoom = (inline: number) => place([], items([arnOf(1, 'db_user')]), { inline, managed: 0, guarded: false })
    expect(withRoom(exactly)).toHaveLength(1)
    expect(withRoom(exactly - 1)).toBeNull()
  })

  test('not at all when the policies of others take everything', () => {
    expect(place([], items([arnOf(1, 'db_user')]), roomOn('role', { characters: 10_200, attached: 10 }))).toBeNull()
    expect(roomOn('user', { characters: 9_999, attached: 12 })).toEqual({ inline: 0, managed: 0, guarded: false })
  })

  test('not above the managed policies that can be attached, though those that stand may be used', () => {
    const standing = [{ arn: arnOf(1, 'db_user'), placement: 3 }]
    const room = { inline: 0, managed: 1, guarded: false }
    expect(place(standing, items([arnOf(2, 'db_user')]), room)?.[0]?.placement).toBe(3)
    expect(place([], items([arnOf(2, 'db_user')]), { inline: 0, managed: 0, guarded: false })).toBeNull()
  })
})

describe('of what IAM’s quotas can hold at the most', () => {
  test.each<[EntityKind, number, string, (index: number) => string]>([
    ['role', 10_240, 'names of 7 bytes', () => 'db_user'],
    ['role', 10_240, 'names of 16 bytes', () => 'readonly_account'],
    ['role', 10_240, 'names of 63 bytes', () => 'x'.repeat(63)],
    ['role', 10_240, 'names of every length', (index) => 'x'.repeat(1 + ((index * 37) % 63))],
    ['user', 2_048, 'names of 7 bytes', () => 'db_user'],
    ['user', 2_048, 'names of every length', (index) => 'x'.repeat(1 + ((index * 37) % 63))],
    ['group', 5_120, 'names of 16 bytes', () => 'readonly_account'],
  ])('a %s (%i characters inline) is given at least 95 %% with %s', (kind, inline, _, name) => {
    const placed = fill(kind, users(name))
    const frame = countedCharacters(documentOf(arnOf(1, 'x'))) - countedCharacters(`"${arnOf(1, 'x')}"`)
    // Each policy has its frame, and each ARN two quotes and a comma but for the first in each.
    const theoretical = [inline, ...Array.from({ length: 10 }, () => 6_144)].reduce((sum, quota) => sum + quota - frame + 1, 0)
    const used = placed.reduce((sum, { arn }) => sum + countedCharacters(arn) + 3, 0)
    expect(used / theoretical).toBeGreaterThan(0.95)
    const limits = (placement: number) => (placement === 0 ? inline : 6_144)
    for (const [placement, size] of sizes(placed)) expect(size).toBeLessThanOrEqual(limits(placement))
    expect(sizes(placed).size).toBe(11)
  })

  test('as much is given again after any of it has ended', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 63 }), { minLength: 700, maxLength: 900 })
    fc.assert(
      fc.property(lengths, fc.infiniteStream(fc.boolean()), (drawn, keep) => {
        const first = fill(
          'role',
          drawn.map((length, index) => arnOf(index, 'x'.repeat(length))),
        )
        const kept = first.filter(() => keep.next().value === true)
        const again: Placed[] = [...kept]
        for (const [index, length] of drawn.entries()) {
          const added = place(again, items([arnOf(index + 10_000, 'y'.repeat(length))]), roomOn('role', alone))
          if (added === null) break
          again.push(...added)
        }
        const used = (placed: readonly Placed[]) => placed.reduce((sum, { arn }) => sum + arn.length + 3, 0)
        const full = again.length - kept.length < drawn.length
        if (full) expect(used(again)).toBeGreaterThan(0.95 * 71_000)
        for (const [placement, size] of sizes(again)) expect(size).toBeLessThanOrEqual(placement === 0 ? 10_240 : 6_144)
      }),
      { numRuns: 5 },
    )
  })
})

test('managed policies are named after the deployment and the entity, and are known by that', () => {
  const nameOf = namesOn('abcdefghij', 'AROAEXAMPLE0123456789')
  expect([0, 1, 10].map(nameOf)).toEqual([
    'sallyport-abcdefghij',
    'sallyport-abcdefghij-AROAEXAMPLE0123456789-1',
    'sallyport-abcdefghij-AROAEXAMPLE0123456789-10',
  ])
})

const documentOf = (arn: string): string => [...compile([{ arn: parseConnectArn(arn), placement: 0 }], () => 'one').values()][0] ?? ''
