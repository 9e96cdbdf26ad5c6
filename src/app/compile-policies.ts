import type { Readable } from 'node:stream'
import { z } from 'zod'
import { SallyportError } from '../kernel/errors.ts'
import { pointerTo } from '../kernel/json-pointer.ts'
import { repeatedName } from '../kernel/repeated-name.ts'
import {
  type ConnectArn,
  jsonFault,
  namesOn,
  type PackedPolicy,
  type PrincipalArn,
  packAlone,
  parseConnectPattern,
  parsePrincipalArn,
  printConnectPattern,
} from '../policy/index.ts'
import { nameOf, readText } from './read-text.ts'

const entry = z.strictObject(
  {
    principal: z.string({ error: 'must be the ARN of a role, user or group' }),
    resource: z.string({ error: 'must be the ARN of a database user, or a resource id' }),
    dbUser: z.string({ error: 'must be the name of a database user' }).optional(),
    region: z.string({ error: 'must be the region of the database' }).optional(),
    account: z.string({ error: 'must be the account of the database' }).optional(),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? `has no use for ${issue.keys.join(', ')}` : 'must be an object') },
)

const entries = z.array(entry, { error: 'must be a list' })

type Entry = z.output<typeof entry>

/** What a principal has to be given. */
export interface CompiledPrincipal {
  readonly principal: string
  /** Without names, which hold ids of a deployment and of the principal. */
  readonly policies: readonly Omit<PackedPolicy, 'name'>[]
}

/**
 * `sallyport policy compile`: the policies as Sallyport would write them on principals that have no others, in the order
 * in which the principals first appear. Throws `invalid_request`, `invalid_arn`, `unsupported_principal`, `cross_account`
 * with the index of the entry at fault, `quota_exceeded` with the principal, and `malformed_json`.
 */
export async function compileCommand(path: string, input: Readable): Promise<string> {
  const compiled = compilePolicies(parse(await readText(path, input), nameOf(path)))
  return JSON.stringify(compiled, null, 2)
}

function compilePolicies(json: unknown): readonly CompiledPrincipal[] {
  const { success, data, error } = entries.safeParse(json)
  if (!success) {
    const faults = error.issues.map(({ path, message }) => `${pointerTo(path) || 'The list'} ${message}`)
    throw new SallyportError('invalid_request', `${faults.join('; ')}.`)
  }
  const wanted = new Map<string, { readonly principal: PrincipalArn; readonly arns: ConnectArn[] }>()
  data.forEach((item, index) => {
    const { principal, arn } = atIndex(index, () => readEntry(item))
    const found = wanted.get(item.principal) ?? { principal, arns: [] }
    found.arns.push(arn)
    wanted.set(item.principal, found)
  })
  return [...wanted].map(([name, { principal, arns }]) => {
    const policies = packAlone(principal.kind, arns, namesOn('deployment', 'UNIQUEID'))
    if (policies === null) throw new SallyportError('quota_exceeded', `${name}: a ${principal.kind} has no room for these ${arns.length}.`)
    return { principal: name, policies: policies.map(({ name: _, ...policy }) => policy) }
  })
}

/** Puts the place of the entry before a refusal of it. */
function atIndex<T>(index: number, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof SallyportError)) throw error
    throw new SallyportError(error.code, `/${index}: ${error.message}`, { cause: error })
  }
}

function parse(text: string, name: string): unknown {
  const fault = jsonFault(text)
  if (fault !== null)
    throw new SallyportError('malformed_json', `${name}, line ${fault.line}, column ${fault.column}: ${fault.detail}. ${fault.cure}`)
  const repeated = repeatedName(text)
  if (repeated !== null)
    throw new SallyportError('malformed_json', `${name}: the name at ${pointerTo(repeated)} is given twice in one object.`)
  return JSON.parse(text)
}

function readEntry({ principal: text, resource, ...rest }: Entry): { readonly principal: PrincipalArn; readonly arn: ConnectArn } {
  const principal = parsePrincipalArn(text)
  const arn = resource.startsWith('arn:') ? fromArn(resource, rest) : fromId(principal, resource, rest)
  if (arn.account !== principal.account || arn.partition !== principal.partition) {
    const [database, other] =
      arn.partition === principal.partition
        ? [`account ${arn.account}`, `account ${principal.account}`]
        : [`the partition ${arn.partition}`, `the partition ${principal.partition}`]
    throw new SallyportError(
      'cross_account',
      `the database is in ${database}, and a policy on a principal in ${other} lets nobody connect there.`,
    )
  }
  return { principal, arn }
}

type Rest = Pick<Entry, 'dbUser' | 'region' | 'account'>

/** An ARN may leave the database user to `dbUser`; where both have it, or region or account, they must agree. */
function fromArn(resource: string, rest: Rest): ConnectArn {
  const isWhole = resource.includes('/') || rest.dbUser === undefined
  const arn = parseConnectPattern(isWhole ? resource : `${resource}/${rest.dbUser}`)
  for (const field of ['dbUser', 'region', 'account'] as const) {
    const said = rest[field]
    if (said === undefined || said === arn[field]) continue
    const differs = `${field} is ${JSON.stringify(said)}, and ${JSON.stringify(arn[field])} in the ARN of the resource; leave one out.`
    throw new SallyportError('invalid_request', differs)
  }
  return arn
}

/** The account is the principal's unless it is given: a policy works in no other. */
function fromId(principal: PrincipalArn, resourceId: string, { dbUser, region, account = principal.account }: Rest): ConnectArn {
  if (region === undefined || dbUser === undefined) {
    const missing = [...(region === undefined ? ['region'] : []), ...(dbUser === undefined ? ['dbUser'] : [])].join(' and ')
    const detail = `resource is not an ARN, and to the resource id ${JSON.stringify(resourceId)} belongs ${missing}.`
    throw new SallyportError('invalid_request', detail)
  }
  const arn = { partition: principal.partition, region, account, resourceId, dbUser }
  printConnectPattern(arn) // refuses what is none
  return arn
}
