import {
  AddTagsToResourceCommand,
  CreateDBClusterCommand,
  DeleteDBClusterCommand,
  RDSClient,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-rds'
import { afterAll, beforeAll, expect } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { eventually, type testApi } from '../support/api.ts'
import type { RuleChange } from '../support/rules.ts'

const account = '123456789012'
const region = 'us-east-2'

const rule = (name: string, databases: object, approvals: unknown, longest = 'PT8H') => ({
  name,
  who: { groups: ['developers'] },
  databases,
  dbUsers: ['jane_doe'],
  principals: [`arn:aws:iam::${account}:role/*`],
  approvals,
  duration: { default: 'PT5M', longest },
})
const dba = { from: { groups: ['dba'] }, count: 1 }

/** What a database is by its tag `class` decides which rule applies; without it `shop` does, for whole regions too. */
export const laterRules: RuleChange = (file) => {
  file.rules = [
    { name: 'vault', effect: 'deny', databases: { tags: { class: 'vault' }, regions: [region] }, dbUsers: ['jane_doe'] },
    rule('payroll', { tags: { class: 'payroll' } }, [dba, { from: { groups: ['security'] }, count: 1 }], 'PT30M'),
    rule('stock', { tags: { class: 'stock' } }, [dba]),
    rule('sandbox', { tags: { class: 'sandbox' } }, 'auto', 'PT10M'),
    { ...rule('shop', {}, [dba]), wildcards: { databases: true } },
  ]
}

/** The same without the deny, which no wildcard may overlap. */
export const withoutDeny: RuleChange = (file) => {
  laterRules(file)
  file.rules = file.rules.filter(({ name }) => name !== 'vault')
}

type Tags = Readonly<Record<string, string>>
const listed = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
const arnOf = (identifier: string) => `arn:aws:rds:${region}:${account}:cluster:${identifier}`

/** Clusters in RDS that tests make, tag and delete, and what somebody asks for by their tags. */
export function laterWorld(api: ReturnType<typeof testApi>) {
  let client: RDSClient | undefined
  const rds = () => {
    if (client === undefined) throw new Error('RDS is there by the time the first test runs')
    return client
  }
  beforeAll(() => {
    client = new RDSClient({ endpoint: api.standIn.url, region, credentials: { accessKeyId: account, secretAccessKey: 'emulated' } })
  })
  afterAll(() => client?.destroy())
  const admin = api.as('admin')
  const developer = api.as('developer')

  const world = {
    region,
    /** Has AWS looked at, and waits until the catalog knows it. */
    sync: async (known: () => Promise<void>) => {
      await admin.sync({ accounts: [account] })
      await eventually(known)
    },
    /** A cluster in RDS, which the catalog knows; its resource id. */
    cluster: async (identifier: string, tags: Tags): Promise<string> => {
      const resourceId = `cluster-${newId('dbs').slice(-20).toUpperCase()}`
      const common = {
        Engine: 'aurora-postgresql',
        EnableIAMDatabaseAuthentication: true,
        MasterUsername: 'owner',
        MasterUserPassword: 'not-a-secret',
      }
      await rds().send(
        new CreateDBClusterCommand({
          ...common,
          DBClusterIdentifier: identifier,
          Tags: listed({ ...tags, 'standin:resource-id': resourceId }),
        }),
      )
      await world.sync(async () => expect((await developer.database(resourceId)).identifier).toBe(identifier))
      return resourceId
    },
    tag: async (identifier: string, tags: Tags) => {
      await rds().send(new AddTagsToResourceCommand({ ResourceName: arnOf(identifier), Tags: listed(tags) }))
      await world.sync(async () => expect((await developer.database(arnOf(identifier))).tags).toMatchObject(tags))
    },
    untag: async (identifier: string, key: string) => {
      await rds().send(new RemoveTagsFromResourceCommand({ ResourceName: arnOf(identifier), TagKeys: [key] }))
      await world.sync(async () => expect((await developer.database(arnOf(identifier))).tags).not.toHaveProperty(key))
    },
    remove: async (identifier: string) => {
      await rds().send(new DeleteDBClusterCommand({ DBClusterIdentifier: identifier, SkipFinalSnapshot: true }))
    },
    /** A role of its own, and what is asked for with it. */
    ask: async (database: object, changes: object = {}) => {
      const name = `later-${newId('tgt').slice(-8)}`
      await api.makeRole(name)
      const principal = `arn:aws:iam::${account}:role/${name}`
      const { id } = await developer.ask({ principal, entitlements: [{ database, dbUser: 'jane_doe' }], duration: 'PT4H', ...changes })
      return { id, role: name, principal }
    },
    /** Waits until something became of a latecomer, and answers what. */
    becomes: (requestId: string, resourceId: string, outcome: string) =>
      eventually(async () => {
        const { later } = await developer.request(requestId)
        const found = later.find(({ database }) => database.resourceId === resourceId)
        expect(found).toMatchObject({ outcome })
        if (found === undefined) throw new Error('it was just seen')
        return found
      }),
  }
  return world
}
