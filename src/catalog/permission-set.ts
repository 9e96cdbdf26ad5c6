import { type Assignee, type Aws, AwsError, type IdentityCenter, type PermissionSetPolicies } from '../aws/index.ts'
import type { SallyportFile } from '../config/index.ts'
import type { Reader } from '../db/index.ts'
import { takeCalls } from '../jobs/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { keptBriefly } from '../kernel/kept-briefly.ts'
import { type Foreign, foreignCharacters, isOurs, managedPath, type PermissionSetArn, permissionSetKey, setSids } from '../policy/index.ts'

/** A permission set as Identity Center knows it. */
export interface PermissionSet {
  readonly kind: 'permission-set'
  readonly arn: string
  readonly name: string
  readonly accountId: null
  /** What pins it: the part of its ARN that is its own. */
  readonly uniqueId: string
  readonly instanceArn: string
  /** The accounts that it is provisioned in. */
  readonly accounts: readonly string[]
}

/** A permission set, and what of its quotas is taken up by others. */
export interface ObservedPermissionSet extends PermissionSet {
  /** Its inline policy, ours in it included. */
  readonly inlinePolicy: string | null
  readonly foreign: Foreign
  /** By reference wherever every account that has the set can be given the policy that it refers to. */
  readonly way: 'reference' | 'inline'
}

/** Throws `unsupported_principal`, `unknown_principal`, `aws_denied` and `aws_unavailable`. */
export interface PermissionSets {
  /** As it was known at most a minute ago. */
  lookUp(file: SallyportFile, asked: PermissionSetArn): Promise<PermissionSet>
  /** As it is now: what an approval must know. */
  observe(file: SallyportFile, asked: PermissionSetArn, deploymentId: string): Promise<ObservedPermissionSet>
  /**
   * Who is assigned to a set in these accounts, each once, as was known at most a minute ago; null if AWS does not say, or
   * SSO's calls are needed for what is more urgent: nothing is refused for want of that.
   */
  assignees(file: SallyportFile, set: SetName, accounts: readonly string[]): Promise<readonly Assignee[] | null>
  /** The ARN of the set that has this name in an account, as was known at most five minutes ago; null if that cannot be told. */
  named(file: SallyportFile, accountId: string, name: string): Promise<string | null>
}

type SetName = Pick<PermissionSetArn, 'arn' | 'instanceArn'>

const KNOWN = 60_000
const NAMES = 300_000

export function permissionSets(database: Reader, aws: Aws): PermissionSets {
  const known = keptBriefly<string, PermissionSet>(KNOWN)
  const assigned = keptBriefly<string, readonly Assignee[]>(KNOWN)
  const names = keptBriefly<string, ReadonlyMap<string, string>>(NAMES)
  const keyOf = (center: IdentityCenter, rest: string): string => JSON.stringify([center, rest])

  return {
    lookUp: async (file, asked) => {
      const center = centerOf(file, asked)
      const found = await known(keyOf(center, asked.arn), () => find(aws, center, asked))
      return found ?? refuseUnknown(asked)
    },
    observe: async (file, asked, deploymentId) => {
      const center = centerOf(file, asked)
      const [set, on] = await answered(Promise.all([find(aws, center, asked), aws.identityCenter(center).getPolicies(asked.arn)]))
      if (set === null || on === null) return refuseUnknown(asked)
      const managed = file.accounts.filter(({ partition }) => partition === asked.partition).map(({ id }) => id)
      const way = set.accounts.every((id) => managed.includes(id)) ? 'reference' : 'inline'
      return { ...set, inlinePolicy: on.inlinePolicy, foreign: foreignOn(on, asked.arn, deploymentId), way }
    },
    assignees: async (file, set, accounts) => {
      const center = centerOf(file, set)
      const all = new Map<string, Assignee>()
      for (const account of accounts) {
        const look = () => assigneesIn(database, aws, center, set.arn, account)
        const found = await assigned(keyOf(center, `${account} ${set.arn}`), look)
        if (found === null) return null
        for (const assignee of found) all.set(assignee.id, assignee)
      }
      return [...all.values()]
    },
    named: async (file, accountId, name) => {
      const center = configured(file)
      if (center === null) return null
      try {
        return (await names(keyOf(center, accountId), () => namesIn(aws, center, accountId)))?.get(name) ?? null
      } catch (error) {
        if (error instanceof AwsError) return null
        throw error
      }
    },
  }
}

async function find(aws: Aws, center: IdentityCenter, { arn, uniqueId, instanceArn }: PermissionSetArn): Promise<PermissionSet | null> {
  const session = aws.identityCenter(center)
  const set = await answered(session.getPermissionSet(arn))
  if (set === null) return null
  const accounts = await answered(session.listAccounts(arn))
  return { kind: 'permission-set', arn, name: set.name, accountId: null, uniqueId, instanceArn, accounts }
}

async function assigneesIn(
  database: Reader,
  aws: Aws,
  center: IdentityCenter,
  arn: string,
  account: string,
): Promise<readonly Assignee[] | null> {
  if ((await takeCalls(database, center.account.id, 1, 'check', 'sso')) > 0) return null
  try {
    return await aws.identityCenter(center).listAssignees(arn, account)
  } catch (error) {
    if (error instanceof AwsError) return null
    throw error
  }
}

async function namesIn(aws: Aws, center: IdentityCenter, accountId: string): Promise<ReadonlyMap<string, string>> {
  const session = aws.identityCenter(center)
  const found = new Map<string, string>()
  for (const arn of await session.listPermissionSets(accountId)) {
    const set = await session.getPermissionSet(arn)
    if (set !== null) found.set(set.name, arn)
  }
  return found
}

function foreignOn({ inlinePolicy, references, awsManaged }: PermissionSetPolicies, arn: string, deploymentId: string): Foreign {
  const ours = isOurs(deploymentId, permissionSetKey(arn))
  const others = references.filter(({ name, path }) => path !== managedPath(deploymentId) || !ours(name))
  return { characters: foreignCharacters(inlinePolicy, setSids(deploymentId)), attached: others.length + awsManaged.length }
}

function centerOf(file: SallyportFile, { arn, instanceArn }: SetName): IdentityCenter {
  const center = configured(file)
  if (center?.instanceArn === instanceArn) return center
  const detail =
    center === null
      ? `${arn}: permission sets cannot be asked for here, because sallyport.yaml has no identityCenter.`
      : `${arn} is of another instance of Identity Center than the one of sallyport.yaml, ${center.instanceArn}.`
  throw new SallyportError('unsupported_principal', detail, {
    fields: [{ pointer: '/principal', detail: 'is of no known Identity Center' }],
  })
}

function configured({ identityCenter, accounts }: SallyportFile): IdentityCenter | null {
  const account = accounts.find(({ id }) => id === identityCenter?.accountId)
  return identityCenter === null || account === undefined ? null : { ...identityCenter, account }
}

function refuseUnknown({ arn }: PermissionSetArn): never {
  throw new SallyportError('unknown_principal', `Identity Center has no permission set ${arn}.`)
}

async function answered<T>(pending: Promise<T>): Promise<T> {
  try {
    return await pending
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    if (error.reason === 'denied') {
      throw new SallyportError('aws_denied', 'AWS does not let Sallyport look at permission sets.', { cause: error })
    }
    throw new SallyportError('aws_unavailable', 'Identity Center did not say which permission set this is.', { cause: error })
  }
}
