import { type Aws, type AwsAccount, AwsError, type EntityUsers } from '../aws/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { countedCharacters, type EntityKind, type Foreign, isManaged, isOurs, type PrincipalArn } from '../policy/index.ts'
import type { ManagedAccount } from './accounts-view.ts'

/** An IAM entity as AWS knows it now. */
export interface Principal {
  readonly kind: EntityKind
  readonly arn: string
  readonly name: string
  readonly accountId: string
  readonly uniqueId: string
}

/**
 * Asks AWS who a principal is. `findAccount` gives the account of an id, or null.
 * Throws `unknown_account`, `unknown_principal` (also when only the path in the ARN is another), `aws_denied` and `aws_unavailable`.
 */
export const lookUpPrincipal =
  (aws: Aws, findAccount: FindAccount) =>
  async (asked: PrincipalArn): Promise<Principal> =>
    findPrincipal(aws, await managed(findAccount, asked), asked)

/** A principal, and what of its quotas is taken up by policies that are not Sallyport's. */
export interface ObservedPrincipal extends Principal {
  readonly foreign: Foreign
}

/** Looks a principal up with what stands in its way: the policies of others. Throws the codes of lookUpPrincipal. */
export const observePrincipal =
  (aws: Aws, findAccount: FindAccount, deploymentId: string) =>
  async (asked: PrincipalArn): Promise<ObservedPrincipal> => {
    const account = await managed(findAccount, asked)
    const principal = await findPrincipal(aws, account, asked)
    const session = aws.session(account)
    const read = Promise.all([session.listInlinePolicies(principal), session.listAttachedPolicies(principal)])
    const [inline, attached] = await answered(account, read)
    if (inline === null || attached === null) throw new SallyportError('unknown_principal', `${principal.arn} has just been deleted.`)
    const ours = isOurs(deploymentId, principal.uniqueId)
    const others = inline.filter(({ name }) => !ours(name) || isManaged(name)) // a managed policy's name makes no inline one ours
    const foreign = {
      characters: others.reduce((sum, policy) => sum + countedCharacters(policy.document), 0),
      attached: attached.filter((policy) => !ours(policy.name)).length,
    }
    return { ...principal, foreign }
  }

/** Asks AWS who can use a principal that it knows; null if it does not say: nothing is refused for want of that. */
export const lookUpUsers =
  (aws: Aws, findAccount: FindAccount) =>
  async ({ kind, name, accountId }: Principal): Promise<EntityUsers | null> => {
    const account = await findAccount(accountId)
    if (account === null) return null
    try {
      return await aws.session(account).getEntityUsers({ kind, name })
    } catch (error) {
      if (error instanceof AwsError) return null
      throw error
    }
  }

type FindAccount = (id: string) => Promise<ManagedAccount | null>

async function managed(findAccount: FindAccount, { account: id, partition }: PrincipalArn): Promise<ManagedAccount> {
  const account = await findAccount(id)
  if (account?.active === true && account.partition === partition) return account
  throw new SallyportError('unknown_account', `Account ${id} in partition ${partition} is not managed here.`)
}

async function findPrincipal(aws: Aws, account: AwsAccount, { kind, name, path }: PrincipalArn): Promise<Principal> {
  const found = await answered(account, aws.session(account).getPrincipal({ kind, name }))
  if (found === null) throw new SallyportError('unknown_principal', `Account ${account.id} has no ${kind} ${JSON.stringify(name)}.`)
  if (found.path !== path) {
    throw new SallyportError(
      'unknown_principal',
      `Account ${account.id} has no such ${kind}; the one named ${JSON.stringify(name)} is ${found.arn}.`,
    )
  }
  return { kind, name, accountId: account.id, arn: found.arn, uniqueId: found.uniqueId }
}

async function answered<T>(account: AwsAccount, pending: Promise<T>): Promise<T> {
  try {
    return await pending
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    if (error.reason === 'denied' || error.reason === 'region_disabled') {
      throw new SallyportError('aws_denied', `AWS does not let Sallyport look at principals in account ${account.id}.`, { cause: error })
    }
    throw new SallyportError('aws_unavailable', `AWS did not say who the principal in account ${account.id} is.`, { cause: error })
  }
}
