import { describe, expect, test } from 'vitest'
import {
  applyWrite,
  compileTarget,
  countedCharacters,
  effective,
  type HeldPolicies,
  type Placed,
  type PolicyWrite,
  parseConnectPattern,
  place,
  roomOn,
} from '../../src/policy/index.ts'
import { deployment, guard, nameOf, planFor, uniqueId } from './held.ts'
import { caseFiles, type InFull, inFull, keyOf, nameOfKey, type PolicyCase, placementOf, readCases } from './policy-case.ts'
import { refusal } from './refusal.ts'

const files = caseFiles().map(({ file, text }) => ({ file, ...readCases(text) }))

const keys = new Map([
  ...Array.from({ length: 11 }, (_, placement): [string, string] => [nameOf(placement), keyOf(placement)]),
  [guard, 'guard'],
])
const keyed = <Value>(byName: ReadonlyMap<string, Value>) => new Map([...byName].map(([name, value]) => [keys.get(name), value]))

const placedIn = (places: Readonly<Record<string, string[]>>, full: InFull): Placed[] =>
  Object.entries(places).flatMap(([key, shorts]) => full.arns(shorts).map((arn) => ({ arn, placement: placementOf(key) })))

const arnsByPlace = (placed: readonly Placed[]) =>
  placed.reduce((places, { arn, placement }) => places.set(placement, [...(places.get(placement) ?? []), arn]), new Map<number, string[]>())

/** A call as the files write it. */
const written = ({ phase, operation, policyName, ...rest }: PolicyWrite) => ({
  phase,
  call: operation,
  policy: keys.get(policyName),
  ...('document' in rest ? { says: rest.document } : {}),
  ...('versionId' in rest ? { version: rest.versionId } : {}),
})

const givenPlace = ({ entity, others, guarded, standing, granted }: PolicyCase, full: InFull) =>
  place(
    placedIn(standing, full),
    full.arns(granted).map((arn) => ({ arn, parsed: parseConnectPattern(arn) })),
    roomOn(entity, others, guarded),
  )

/** What IAM would refuse to hold. */
const overQuota = (held: HeldPolicies, { entity, others }: PolicyCase) =>
  [...keyed(held)].filter(([key, { document, managed }]) => {
    const room = key === 'inline' ? roomOn(entity, others).inline : 6_144
    return countedCharacters(document) > room || (managed?.spares.length ?? 0) > 4
  })

describe.each(files)('$file', ({ catalog, cases }) => {
  const full = inFull(catalog)

  test.each(cases)('$title', (given) => {
    const { expect: expected } = given
    if ('refused' in expected) {
      const { code, detail } = refusal(() => expect(givenPlace(given, full)).toBeNull()) ?? { code: 'quota_exceeded', detail: '' }
      expect(code).toBe(expected.refused)
      expect(detail).toContain(expected.because ?? '')
      return
    }

    const added = givenPlace(given, full) ?? []
    expect(arnsByPlace(added)).toEqual(arnsByPlace(placedIn(expected.placed, full)))

    const documents = compileTarget(deployment, { uniqueId, guarded: given.guarded }, [...placedIn(given.standing, full), ...added])
    expect(keyed(documents)).toEqual(new Map(Object.entries(expected.documents).map(([key, said]) => [key, full.bytes(said, key)])))
    for (const [key, characters] of Object.entries(expected.characters ?? {}))
      expect(countedCharacters(documents.get(nameOfKey(key)) ?? '')).toBe(characters)

    const held = full.held(given.held)
    const room = roomOn(given.entity, given.others, given.guarded)
    const plan = planFor(documents, held, room)
    expect(plan.map(written)).toEqual(
      expected.calls.map((call) => ('says' in call ? { ...call, says: full.bytes(call.says, call.policy) } : call)),
    )

    let now = held
    for (const write of plan) {
      now = applyWrite(now, write)
      expect(overQuota(now, given)).toEqual([])
    }
    expect(effective(now)).toEqual(documents)
    expect(planFor(documents, now, room)).toEqual([])
  })
})

describe('a file is refused', () => {
  const file = (more: string) => `about: x
catalog: {}
cases:
  - { title: x, why: x, entity: role, granted: [], held: {}${more} }
`
  const nothing = ', expect: { placed: {}, documents: {}, calls: [] }'

  test.each([
    ['for a key that is not in the README', `${nothing}, now: 2026-01-01`],
    ['for a key of its expectations that is not in the README', nothing.replace('calls', 'writes: [], calls')],
    ['for a case without expectations', ''],
    ['for a case that does not say which calls are made', nothing.replace(', calls: []', '')],
    ['for a call that does not say what the policy says', nothing.replace('[]', '[{ phase: 2, call: put_inline, policy: inline }]')],
    ['for a place that there is not', nothing.replace('placed: {}', 'placed: { 11: [] }')],
  ])('%s', (_, more) => {
    expect(readCases(file(nothing)).cases).toHaveLength(1)
    expect(() => readCases(file(more))).toThrow()
  })

  test('for a database that is not in its catalog', () => {
    expect(() => inFull({}).arns(['orders/db_user'])).toThrow('orders/db_user: the file’s catalog has no such database')
  })
})
