import { IAMClient } from '@aws-sdk/client-iam'
import { RDSClient } from '@aws-sdk/client-rds'
import { SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import type { AwsAccount } from './account.ts'
import type { AccountSession, Aws } from './account-session.ts'
import { type AwsPlace, clientSettings } from './client-settings.ts'
import { type AwsCredentials, assumeRole } from './credentials.ts'
import { findDatabases } from './find-databases.ts'
import { iamSession } from './iam-session.ts'
import { ssoSession } from './sso-session.ts'

export interface AwsOptions extends AwsPlace {
  /** The process's own identity; null for the SDK's default provider chain (environment, profile, container, instance). */
  readonly credentials: AwsCredentials | null
  /** Milliseconds that one attempt of a call may take, its wait for a socket included. */
  readonly requestTimeout?: number
}

interface AccountClients {
  readonly iam: IAMClient
  readonly sts: STSClient
  readonly reading: AccountSession
}

/** Per account and service: its worst day uses up its own sockets and nobody else's. */
const MAX_SOCKETS = 16
const CONNECTION_TIMEOUT = 3_000

/** Opens AWS. Nothing connects, and no credentials are looked for, before the first call. */
export function createAws(options: AwsOptions): Aws {
  const own = options.credentials ?? fromNodeProviderChain()
  const accounts = new Map<string, AccountClients>()
  const centers = new Map<string, SSOAdminClient>()

  const connections = () => ({
    connectionTimeout: CONNECTION_TIMEOUT,
    requestTimeout: options.requestTimeout ?? 10_000,
    throwOnRequestTimeout: true,
    httpAgent: { maxSockets: MAX_SOCKETS },
    httpsAgent: { maxSockets: MAX_SOCKETS },
  })

  const credentialsIn = (sts: STSClient, account: AwsAccount, planId: string | null) =>
    account.roleArn === null ? own : assumeRole(sts, { ...account, roleArn: account.roleArn }, planId)

  const openAccount = (account: AwsAccount): AccountClients => {
    const settings = clientSettings(account, options)
    const sts = new STSClient({ ...settings.sts, credentials: own, requestHandler: connections() })
    const iam = new IAMClient({ ...settings.iam, credentials: credentialsIn(sts, account, null), requestHandler: connections() })
    return { iam, sts, reading: iamSession(iam) }
  }

  const clientsOf = (account: AwsAccount): AccountClients => {
    const key = JSON.stringify([account.id, account.regions[0], account.roleArn, account.externalId])
    const known = accounts.get(key)
    if (known !== undefined) return known
    const opened = openAccount(account)
    accounts.set(key, opened)
    return opened
  }

  return {
    session: (account, planId) => {
      const { iam, sts, reading } = clientsOf(account)
      if (planId === undefined || account.roleArn === null) return reading
      // Its own credentials on the account's connections.
      const credentials = credentialsIn(sts, account, planId)
      return iamSession(new IAMClient({ ...clientSettings(account, options).iam, credentials, requestHandler: iam.config.requestHandler }))
    },
    identityCenter: (center, planId) => {
      const { account, region, instanceArn } = center
      const { iam, sts } = clientsOf(account)
      const settings = clientSettings(account, options).sso(region)
      const key = JSON.stringify([region, account.id, account.roleArn, account.externalId])
      const known = centers.get(key)
      const reading = known ?? new SSOAdminClient({ ...settings, credentials: iam.config.credentials, requestHandler: connections() })
      centers.set(key, reading)
      if (planId === undefined || account.roleArn === null) return ssoSession(reading, instanceArn)
      const credentials = credentialsIn(sts, account, planId)
      const { requestHandler } = reading.config
      return ssoSession(new SSOAdminClient({ ...settings, credentials, requestHandler }), instanceArn)
    },
    findDatabases: async (account, region, beforeCall) => {
      const { iam } = clientsOf(account)
      // On the account's credentials, so that all its regions assume the role once. Opened for the one walk: there are
      // many regions, and a walk is over in a moment.
      const rds = new RDSClient({
        ...clientSettings(account, options).rds(region),
        credentials: iam.config.credentials,
        requestHandler: connections(),
      })
      try {
        return await findDatabases(rds, region, beforeCall)
      } finally {
        rds.destroy()
      }
    },
    close: () => {
      for (const { iam, sts } of accounts.values()) {
        iam.destroy()
        sts.destroy()
      }
      for (const sso of centers.values()) sso.destroy()
      accounts.clear()
      centers.clear()
    },
  }
}
