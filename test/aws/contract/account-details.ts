import {
  AddUserToGroupCommand,
  CreateUserCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteUserCommand,
  PutRolePermissionsBoundaryCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DETAILS_PAGE } from '../../../src/aws/authorization-details.ts'
import { allow, type ContractWorld, compact, tiny, trustPolicy, unusual } from './world.ts'

export function accountDetailsContract(world: ContractWorld): void {
  const { role, user, group, suffix } = world
  const path = `/sallyport/${suffix}/`
  const managed = `arn:aws:iam::123456789012:policy${path}shared`
  const ofAws = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  const member = { UserName: user.name, GroupName: group.name }

  beforeAll(async () => {
    await world.session.createManagedPolicy({ name: 'shared', path, document: tiny }, allow)
    await world.session.createPolicyVersion(managed, compact, allow)
    await world.iam.send(new AddUserToGroupCommand(member))
    for (const entity of [role, user, group]) {
      await world.session.putInlinePolicy(entity, 'sallyport-x', entity === role ? unusual : compact, allow)
      await world.session.attachPolicy(entity, managed, allow)
    }
  })
  afterAll(async () => {
    for (const entity of [role, user, group]) {
      await world.session.detachPolicy(entity, managed, allow)
      await world.session.deleteInlinePolicy(entity, 'sallyport-x', allow)
    }
    await world.iam.send(new RemoveUserFromGroupCommand(member))
    await world.session.deletePolicyVersion(managed, 'v1', allow)
    await world.session.deleteManagedPolicy(managed, allow)
  })

  test('each entity has its inline and attached policies, its groups and its trust policy, byte for byte', async () => {
    const { entities } = await world.session.getAccountDetails()
    const mine = entities.filter(({ name }) => name.endsWith(suffix))
    const common = { attached: [managed], boundary: null, groups: [], trust: null }
    const inline = (document: string) => [{ name: 'sallyport-x', document }]
    const identityOf = async (entity: typeof role) => {
      const found = await world.session.getPrincipal(entity)
      return { ...entity, arn: found?.arn, uniqueId: found?.uniqueId }
    }
    expect(mine).toEqual([
      { ...common, ...(await identityOf(user)), inline: inline(compact), groups: [group.name] },
      { ...common, ...(await identityOf(group)), inline: inline(compact) },
      { ...common, ...(await identityOf(role)), inline: inline(unusual), trust: trustPolicy },
    ])
  })

  test('the account’s own policies are told with their default version', async () => {
    const { policies } = await world.session.getAccountDetails()
    expect(policies.filter(({ arn }) => arn === managed)).toEqual([
      { arn: managed, name: 'shared', version: 'v2', versions: 2, document: compact },
    ])
  })

  world.promises('of AWS’s own policies those are told that are in use, and no others', async () => {
    await world.session.attachPolicy(role, ofAws, allow)
    const { policies } = await world.session.getAccountDetails().finally(() => world.session.detachPolicy(role, ofAws, allow))
    expect(policies.filter(({ arn }) => arn.startsWith('arn:aws:iam::aws:')).map(({ arn }) => arn)).toEqual([ofAws])
  })

  world.promises('a permissions boundary is told', async () => {
    await world.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: role.name, PermissionsBoundary: managed }))
    try {
      const { entities } = await world.session.getAccountDetails()
      expect(entities.find(({ name }) => name === role.name)?.boundary).toBe(managed)
    } finally {
      await world.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: role.name }))
    }
  })

  test('all of it is read, however many pages it takes', async () => {
    const names = Array.from({ length: DETAILS_PAGE + 10 }, (_, index) => `one-of-many-${index}-${suffix}`)
    await Promise.all(names.map((UserName) => world.iam.send(new CreateUserCommand({ UserName }))))
    const { entities } = await world.session.getAccountDetails()
    await Promise.all(names.map((UserName) => world.iam.send(new DeleteUserCommand({ UserName }))))
    const found = entities.filter(({ name }) => name.startsWith('one-of-many-') && name.endsWith(suffix))
    expect(found.map(({ name }) => name).sort()).toEqual(names.toSorted())
  })

  test('who can use a role, a group and a user is told, and of nobody nothing', async () => {
    expect(await world.session.getEntityUsers(role)).toEqual({ kind: 'role', trust: trustPolicy })
    const { arn } = (await world.session.getPrincipal(user)) ?? {}
    expect(await world.session.getEntityUsers(group)).toEqual({ kind: 'group', members: [arn] })
    expect(await world.session.getEntityUsers(user)).toEqual({ kind: 'user' })
    for (const kind of ['role', 'group'] as const) {
      expect(await world.session.getEntityUsers({ kind, name: `nobody-${suffix}` })).toBeNull()
    }
  })
}
