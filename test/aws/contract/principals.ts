import { CreateUserCommand, DeleteUserCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import type { IamEntity } from '../../../src/aws/index.ts'
import { account, allow, type ContractWorld } from './world.ts'

export function principalContract(world: ContractWorld): void {
  const { role, user, group, suffix } = world

  test('getPrincipal tells ARN, path and unique id', async () => {
    const found = await Promise.all([role, user, group].map((entity) => world.session.getPrincipal(entity)))
    expect(found).toMatchObject([
      { arn: `arn:aws:iam::123456789012:role/team/${role.name}`, path: '/team/', uniqueId: expect.stringMatching(/^AROA/) },
      { arn: `arn:aws:iam::123456789012:user/team/${user.name}`, path: '/team/', uniqueId: expect.stringMatching(/\S/) },
      { arn: `arn:aws:iam::123456789012:group/team/${group.name}`, path: '/team/', uniqueId: expect.stringMatching(/\S/) },
    ])
  })

  world.promises('unique ids of users and groups begin with AIDA and AGPA', async () => {
    const found = await Promise.all([user, group].map((entity) => world.session.getPrincipal(entity)))
    expect(found.map((principal) => principal?.uniqueId.slice(0, 4))).toEqual(['AIDA', 'AGPA'])
  })

  test('an entity made again under its name has another unique id', async () => {
    const passing: IamEntity = { kind: 'user', name: `passing-${suffix}` }
    const ids = new Set<string | undefined>()
    for (const _ of ['first', 'second']) {
      await world.iam.send(new CreateUserCommand({ UserName: passing.name }))
      ids.add((await world.session.getPrincipal(passing))?.uniqueId)
      await world.iam.send(new DeleteUserCommand({ UserName: passing.name }))
    }
    expect(ids.size).toBe(2)
  })

  test('an account with a role is entered by AssumeRole, for reading and for a plan', async () => {
    const assuming = { ...account, roleArn: `arn:aws:iam::123456789012:role/team/${role.name}`, externalId: 'sallyport-test' }
    await world.session.putInlinePolicy(role, 'own', mayRead, allow)
    expect(await world.aws.session(assuming).getPrincipal(role)).not.toBeNull()
    expect(await world.aws.session(assuming, 'pln_01h455vb4pex5vsknk084sn02q').getPrincipal(role)).not.toBeNull()
    await world.session.deleteInlinePolicy(role, 'own', allow)
  })
}

const mayRead = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}]}'
