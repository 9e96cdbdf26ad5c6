import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { HeldPolicies, HeldPolicy, Placement } from '../../src/policy/index.ts'
import { guard, nameOf } from './held.ts'

const folder = 'test/policy-cases'

/** `database/user`, a whole ARN, or several of either at once: `orders/reader_{01..12}`. */
const resources = z.array(z.string().min(1))
const place = z.string().regex(/^(inline|[1-9]|10)$/)
const placed = z.record(place, resources)
/** Any policy: where something can be placed, or the guard. */
const which = z.string().regex(/^(inline|[1-9]|10|guard)$/)

const policy = z.strictObject({ Version: z.string().optional(), Id: z.string().optional(), Statement: z.unknown() })
const document = z.union([resources, policy, z.string()])
const managed = z.strictObject({
  says: document,
  attached: z.boolean().default(true),
  version: z.string().default('v1'),
  spares: z.array(z.string()).default([]),
})

const common = { phase: z.literal([1, 2, 3]), policy: z.coerce.string().pipe(which) }
const call = z.discriminatedUnion('call', [
  z.strictObject({ call: z.enum(['put_inline', 'create_policy', 'create_version']), ...common, says: document }),
  z.strictObject({ call: z.literal('delete_version'), ...common, version: z.string() }),
  z.strictObject({ call: z.enum(['delete_inline', 'attach_policy', 'detach_policy', 'delete_policy']), ...common }),
])

const outcome = z.strictObject({
  placed,
  documents: z.record(which, document),
  characters: z.record(which, z.number()).optional(),
  calls: z.array(call),
})
const refusal = z.strictObject({ refused: z.enum(['quota_exceeded', 'invalid_arn']), because: z.string().optional() })

const policyCase = z.strictObject({
  title: z.string().min(1),
  why: z.string().min(1),
  entity: z.enum(['role', 'user', 'group']),
  others: z.strictObject({ characters: z.number().default(0), attached: z.number().default(0) }).default({ characters: 0, attached: 0 }),
  standing: placed.default({}),
  granted: resources,
  guarded: z.boolean().default(false),
  held: z.record(which, z.union([managed, document])),
  expect: z.union([outcome, refusal]),
})

const caseFile = z.strictObject({
  about: z.string().min(1),
  catalog: z.record(z.string(), z.string()),
  cases: z.array(policyCase).min(1),
})

export type PolicyCase = z.infer<typeof policyCase>
type Document = z.infer<typeof document>

/** Reads a file of cases as test/policy-cases/README.md describes them; throws for any key that is not in there. */
export const readCases = (text: string): z.infer<typeof caseFile> => caseFile.parse(parse(text))

/** Every file of cases. */
export const caseFiles = (): readonly { readonly file: string; readonly text: string }[] =>
  readdirSync(folder)
    .filter((file) => file !== 'README.md')
    .map((file) => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }))

/** What a case's short forms stand for. */
export interface InFull {
  readonly arns: (shorts: readonly string[]) => readonly string[]
  /**
   * The bytes of a document: as they are given, or with these resources in this order, of the one on AWS's page, or of the
   * guard that lets them through.
   */
  readonly bytes: (document: Document, key: string) => string
  readonly held: (policies: PolicyCase['held']) => HeldPolicies
}

export function inFull(catalog: Readonly<Record<string, string>>): InFull {
  const arns = (shorts: readonly string[]): readonly string[] => shorts.flatMap(eachOf).map((short) => arnOf(short, catalog))
  const bytes = (said: Document, key: string): string => {
    if (typeof said === 'string') return said
    if (!Array.isArray(said)) return JSON.stringify(said)
    if (key === 'guard') return guardBytes(arns(said))
    return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["rds-db:connect"],"Resource":${JSON.stringify(arns(said))}}]}`
  }
  const policyOf = (key: string, found: PolicyCase['held'][string]): HeldPolicy => {
    const { says, ...state } = managed.parse(isState(found) ? found : { says: found })
    return { document: bytes(says, key), managed: key === 'inline' ? null : state }
  }
  return {
    arns,
    bytes,
    held: (policies) => new Map(Object.entries(policies).map(([key, found]) => [nameOfKey(key), policyOf(key, found)])),
  }
}

const isState = (found: PolicyCase['held'][string]): found is z.infer<typeof managed> =>
  typeof found === 'object' && !Array.isArray(found) && 'says' in found

function arnOf(short: string, catalog: Readonly<Record<string, string>>): string {
  if (short.startsWith('arn:')) return short
  const slash = short.indexOf('/')
  const database = catalog[short.slice(0, slash)]
  if (database === undefined) throw new Error(`${short}: the file’s catalog has no such database`)
  return `${database}/${short.slice(slash + 1)}`
}

/** `a_{08..10}` is a_08, a_09 and a_10. */
function eachOf(short: string): readonly string[] {
  const [range, first, last] = /\{(\d+)\.\.(\d+)\}/.exec(short) ?? []
  if (range === undefined || first === undefined || last === undefined) return [short]
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) =>
    short.replace(range, String(Number(first) + index).padStart(first.length, '0')),
  )
}

const guardBytes = (spared: readonly string[]): string =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["rds-db:connect"],${
    spared.length === 0 ? '"Resource":["*"]' : `"NotResource":${JSON.stringify(spared)}`
  }}]}`

/** The name of a policy, by how the files call it. */
export const nameOfKey = (key: string): string => (key === 'guard' ? guard : nameOf(placementOf(key)))

export const placementOf = (key: string): Placement => (key === 'inline' ? 0 : Number(key))

export const keyOf = (placement: Placement): string => (placement === 0 ? 'inline' : String(placement))
