import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DevWorld, emulatedCredentials, startDevWorld } from '../../src/app/dev-world.ts'
import { loadEnvironment } from '../../src/config/index.ts'
import { eventually } from '../support/api.ts'
import { client } from '../support/client.ts'
import { emptyDatabase } from '../support/database.ts'
import { demoRules, withRule } from '../support/rules.ts'

const moto = process.env['SALLYPORT_TEST_MOTO_URL']
const account = 'arn:aws:iam::123456789012'
const cluster = 'cluster-ABCDEFGHIJKL01234'
const arnOf = (dbUser: string) => `arn:aws:rds-db:us-east-2:123456789012:dbuser:${cluster}/${dbUser}`

/** `sallyport dev` as it is, on moto server instead of its own stand-in for AWS. */
describe.runIf(moto !== undefined)('over moto server (SALLYPORT_TEST_MOTO_URL)', { timeout: 60_000 }, () => {
  const database = emptyDatabase()
  const iam = new IAMClient({ endpoint: moto ?? '', region: 'us-east-2', credentials: emulatedCredentials })
  const GroupName = 'developers'
  let folder: string
  let world: DevWorld
  const as = (person: string) => client(() => world.apiUrl, { authorization: `Bearer dev-${person}` })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-moto-'))
    const { content } = demoRules(
      withRule('production-with-a-dba', {
        dbUsers: ['db_user', 'reader_*'],
        principals: [`${account}:role/app-*`, `${account}:user/\${person.username}`, `${account}:group/${GroupName}`],
      }),
    )
    await writeFile(join(folder, 'sallyport.yaml'), JSON.stringify(content))
    await iam.send(new CreateGroupCommand({ GroupName }))
    world = await startDevWorld(
      loadEnvironment('dev', {
        PORT: '0',
        SALLYPORT_DATA_DIR: folder,
        SALLYPORT_DEV_DATABASE_URL: database.ownerUrl,
        AWS_ENDPOINT_URL: moto,
      }),
      pino({ enabled: false }),
      () => {},
    )
    await iam.send(new AddUserToGroupCommand({ GroupName, UserName: 'developer' }))
  })
  afterAll(async () => {
    await world.stop()
    await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName: 'developer' }))
    await iam.send(new DeleteGroupCommand({ GroupName }))
    iam.destroy()
    await rm(folder, { recursive: true })
  })

  /** The documents that IAM holds of Sallyport's, inline and managed, as any other program reads them. */
  const documents = async (kind: 'role' | 'user' | 'group', name: string): Promise<readonly string[]> => {
    const PolicyName = world.policyName
    const inline = {
      role: () => iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName })),
      user: () => iam.send(new GetUserPolicyCommand({ UserName: name, PolicyName })),
      group: () => iam.send(new GetGroupPolicyCommand({ GroupName: name, PolicyName })),
    }
    const attached = {
      role: () => iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name })),
      user: () => iam.send(new ListAttachedUserPoliciesCommand({ UserName: name })),
      group: () => iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: name })),
    }
    const found = await inline[kind]().catch((error: Error) => {
      if (error.name === 'NoSuchEntityException') return null
      throw error
    })
    const managed: string[] = []
    for (const { PolicyArn } of (await attached[kind]()).AttachedPolicies ?? []) {
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
      const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }))
      managed.push(decodeURIComponent(version.PolicyVersion?.Document ?? ''))
    }
    return [...(found === null ? [] : [decodeURIComponent(found.PolicyDocument ?? '')]), ...managed]
  }
  const granted = async (principal: string, dbUsers: readonly string[]): Promise<readonly string[]> => {
    const entitlements = dbUsers.map((dbUser) => ({ database: cluster, dbUser }))
    const { id } = await as('developer').ask({ principal: `${account}:${principal}`, entitlements })
    return (await as('dba').approve(id)).grants.map((grant) => grant.id)
  }
  const become = async (ids: readonly string[], status: string) => {
    for (const id of ids) await eventually(async () => expect(await as('developer').grant(id)).toMatchObject({ status, attention: null }))
  }
  const resourcesIn = (document: string): string[] =>
    JSON.parse(document).Statement.flatMap(({ Resource }: { Resource: string[] }) => Resource)

  describe.each([
    { kind: 'role', name: 'app-reader', many: 80 },
    { kind: 'user', name: 'developer', many: 20 },
    { kind: 'group', name: GroupName, many: 40 },
  ] as const)('a $kind', ({ kind, name, many }) => {
    it('can connect from approval to return, by the document of AWS’s page', async () => {
      expect(await documents(kind, name)).toEqual([])
      const grants = await granted(`${kind}/${name}`, ['db_user'])
      await become(grants, 'active')
      expect(await documents(kind, name)).toEqual([
        `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["rds-db:connect"],"Resource":["${arnOf('db_user')}"]}]}`,
      ])
      for (const id of grants) await as('developer').giveBack(id)
      await become(grants, 'ended')
      expect(await documents(kind, name)).toEqual([])
    })

    it('has what does not fit inline in managed policies, and no rest of it after', async () => {
      const dbUsers = Array.from({ length: many }, (_, number) => `reader_${'x'.repeat(50)}_${10 + number}`)
      const grants: string[] = []
      for (let at = 0; at < many; at += 50) grants.push(...(await granted(`${kind}/${name}`, dbUsers.slice(at, at + 50))))
      await become(grants, 'active')
      const held = await documents(kind, name)
      expect(held.length).toBeGreaterThan(1)
      expect(held.flatMap(resourcesIn).sort()).toEqual(dbUsers.map(arnOf))
      for (const id of grants) await as('dba').revoke(id)
      await become(grants, 'ended')
      expect(await documents(kind, name)).toEqual([])
    })
  })

  it('who can connect is told, through groups too', async () => {
    const grants = await granted(`group/${GroupName}`, ['db_user'])
    await become(grants, 'active')
    const { items } = await eventually(() => as('admin').access({ database: cluster, dbUser: 'db_user' }))
    const through = items.flatMap(({ principal, access }) =>
      access.flatMap((each) => each.grants.map(({ group }) => [principal.arn, group])),
    )
    expect(through).toEqual([[`${account}:user/developer`, `${account}:group/${GroupName}`]])
    for (const id of grants) await as('dba').revoke(id)
    await become(grants, 'ended')
  })
})
