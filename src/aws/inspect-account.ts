import { GetAccountSummaryCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds'
import { SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import type { AwsAccount } from './account.ts'
import { given } from './answer.ts'
import { senderOver } from './attempts.ts'
import { clientSettings } from './client-settings.ts'
import { clockWatch } from './clock-watch.ts'
import type { AwsOptions } from './create-aws.ts'
import { assumeRole } from './credentials.ts'
import { toAwsError } from './errors.ts'
import { answered } from './find-databases.ts'
import { iamSession } from './iam-session.ts'
import type { IdentityCenter } from './identity-center.ts'
import { ssoSession } from './sso-session.ts'

/** What a role may do by its own policies, as documents. */
export interface RolePolicies {
  readonly policies: readonly string[]
  readonly boundary: string | null
}

/** Looks at an account without changing anything, for `sallyport doctor`. Every method but the last two throws AwsError. */
export interface AccountInspector {
  /** Who calls are made as: the session of the account's role, or the process itself. */
  identity(): Promise<{ readonly account: string; readonly arn: string }>
  /** The inline and attached policies of a role, and its permissions boundary. */
  rolePolicies(roleName: string): Promise<RolePolicies>
  /** GetAccountSummary: what there is in IAM and its quotas, by AWS's names, such as `Roles` and `RolesQuota`. */
  summary(): Promise<ReadonlyMap<string, number>>
  /** Asks RDS for one page of clusters, so that it shows whether the region can be used. */
  reachRegion(region: string): Promise<void>
  /** Asks Identity Center which permission sets the account has, so that it shows whether they can be administered from here. */
  reachIdentityCenter(center: Pick<IdentityCenter, 'instanceArn' | 'region'>): Promise<void>
  /** How many milliseconds AWS's clock is ahead of this machine's, to about a second; null before the first answer. */
  clockAhead(): number | null
  close(): void
}

/** Opens an account; nothing is called yet. Without a role it is looked at by the process's own identity. */
export function inspectAccount(options: AwsOptions, account: AwsAccount): AccountInspector {
  const watch = clockWatch()
  const own = options.credentials ?? fromNodeProviderChain()
  const settings = clientSettings(account, options)
  const requestHandler = { connectionTimeout: 3_000, requestTimeout: options.requestTimeout ?? 10_000, throwOnRequestTimeout: true }
  const entrance = new STSClient({ ...settings.sts, requestHandler, credentials: own })
  entrance.middlewareStack.add(watch.middleware, watch.place)
  const credentials = account.roleArn === null ? own : assumeRole(entrance, { ...account, roleArn: account.roleArn }, null)
  const sts = new STSClient({ ...settings.sts, requestHandler, credentials })
  sts.middlewareStack.add(watch.middleware, watch.place)
  const iam = new IAMClient({ ...settings.iam, requestHandler, credentials })
  const send = senderOver(iam)
  const session = iamSession(iam)

  return {
    identity: async () => {
      const { Account, Arn } = await sts.send(new GetCallerIdentityCommand()).catch((error: unknown) => {
        throw toAwsError('GetCallerIdentity', error, true) // whatever became of it: it only reads
      })
      return { account: given(Account), arn: given(Arn) }
    },

    rolePolicies: async (name) => {
      const role = { kind: 'role' as const, name }
      const documentOf = async (arn: string) => given((await session.getManagedPolicy(arn)) ?? undefined).document
      const { Role: found } = await send(name)(new GetRoleCommand({ RoleName: name }))
      const inline = given((await session.listInlinePolicies(role)) ?? undefined)
      const attached = given((await session.listAttachedPolicies(role)) ?? undefined)
      const boundary = found?.PermissionsBoundary?.PermissionsBoundaryArn
      return {
        policies: [...inline.map(({ document }) => document), ...(await Promise.all(attached.map(({ arn }) => documentOf(arn))))],
        boundary: boundary === undefined ? null : await documentOf(boundary),
      }
    },

    summary: async () => {
      const { SummaryMap } = await send('of the account')(new GetAccountSummaryCommand())
      return new Map(Object.entries(given(SummaryMap)))
    },

    reachRegion: async (region) => {
      const rds = new RDSClient({ ...settings.rds(region), requestHandler, credentials })
      try {
        await answered(`DescribeDBClusters in ${region}`, rds.send(new DescribeDBClustersCommand({ MaxRecords: 20 }))) // the least that RDS takes
      } finally {
        rds.destroy()
      }
    },

    reachIdentityCenter: async ({ instanceArn, region }) => {
      const sso = new SSOAdminClient({ ...settings.sso(region), requestHandler, credentials })
      try {
        await ssoSession(sso, instanceArn).listPermissionSets(account.id)
      } finally {
        sso.destroy()
      }
    },

    clockAhead: watch.ahead,

    close: () => {
      for (const client of [entrance, sts, iam]) client.destroy()
    },
  }
}
