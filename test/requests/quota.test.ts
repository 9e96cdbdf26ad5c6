import { AttachRolePolicyCommand, CreatePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { describe, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { countedCharacters, namesOn, packAlone } from '../../src/policy/index.ts'
import { testApi } from '../support/api.ts'
import { withRule } from '../support/rules.ts'

const api = testApi()
const developer = api.as('developer')
const dba = api.as('dba')
const orders = (...dbUsers: readonly string[]) => dbUsers.map((dbUser) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser }))
const through = (name: string, ...dbUsers: readonly string[]) => ({
  principal: `arn:aws:iam::123456789012:role/${name}`,
  entitlements: orders(...dbUsers),
})

const resource = { partition: 'aws', region: 'us-east-2', account: '123456789012', resourceId: 'cluster-ABCDEFGHIJKL01234' }
/** What the document for these users takes up. */
const charactersOf = (...dbUsers: readonly string[]) =>
  packAlone(
    'role',
    dbUsers.map((dbUser) => ({ ...resource, dbUser })),
    namesOn(api.parts.deployment.id, 'AROA'),
  )?.[0]?.characters ?? 0

/** A role on which other people's policies leave this many characters inline, and no managed policy. */
async function roleWithRoomFor(characters: number): Promise<string> {
  const name = `app-${newId('tgt').slice(-8)}`
  await api.makeRole(name)
  const statement = (sid: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: sid, Effect: 'Deny', Action: 's3:*', Resource: '*' }] })
  for (let index = 0; index < 10; index++) {
    const policy = { PolicyName: `other-${name}-${index}`, PolicyDocument: statement('') }
    const { Policy } = await api.iam.send(new CreatePolicyCommand(policy))
    await api.iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: Policy?.Arn }))
  }
  const fill = 10_240 - characters - countedCharacters(statement(''))
  await api.iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'other', PolicyDocument: statement('x'.repeat(fill)) }))
  return name
}

describe('the room in IAM', () => {
  it('is reserved at approval, whether or not the worker has written anything', async () => {
    const role = await roleWithRoomFor(charactersOf('db_user', 'jane_doe'))
    const [first, second, third] = await Promise.all(
      ['db_user', 'jane_doe', 'mary_roe'].map((dbUser) => developer.ask(through(role, dbUser))),
    )
    await dba.approve(first?.id ?? '')
    await dba.approve(second?.id ?? '')
    const before = await api.snapshot()
    await expect(dba.approve(third?.id ?? '')).rejects.toMatchObject({
      status: 409,
      code: 'quota_exceeded',
      detail: expect.stringContaining('a role may have 10240 characters'),
    })
    expect(await api.snapshot()).toEqual(before)
    expect(await developer.request(third?.id ?? '')).toMatchObject({ status: 'pending', decisions: [] })
  })

  it('may be enough for a part, and for the same user again', async () => {
    const role = await roleWithRoomFor(charactersOf('db_user'))
    const { id } = await developer.ask(through(role, 'db_user', 'jane_doe'))
    await expect(dba.approve(id)).rejects.toMatchObject({ code: 'quota_exceeded' })
    expect(await dba.approve(id, { entitlements: orders('db_user') })).toMatchObject({ status: 'approved' })
    expect(await dba.approve((await developer.ask(through(role, 'db_user'))).id)).toMatchObject({ status: 'approved' })
  })

  it('is free again once a grant is given back', async () => {
    const role = await roleWithRoomFor(charactersOf('jane_doe'))
    const { grants } = await dba.approve((await developer.ask(through(role, 'db_user'))).id)
    const next = await developer.ask(through(role, 'jane_doe'))
    await expect(dba.approve(next.id)).rejects.toMatchObject({ code: 'quota_exceeded' })
    await developer.giveBack(grants[0]?.id ?? '')
    expect(await dba.approve(next.id)).toMatchObject({ status: 'approved' })
  })

  it('is not given twice to approvals at the same moment', async () => {
    const role = await roleWithRoomFor(charactersOf('db_user'))
    const requests = await Promise.all(['db_user', 'jane_doe', 'mary_roe'].map((dbUser) => developer.ask(through(role, dbUser))))
    const settled = await Promise.allSettled(requests.map(({ id }) => dba.approve(id)))
    const codes = settled.map((each) => (each.status === 'fulfilled' ? each.value.status : each.reason.code))
    expect(codes.filter((code) => code !== 'quota_exceeded')).toEqual(['approved'])
  })

  it('is asked for before a request that needs no approval is made', async () => {
    const role = await roleWithRoomFor(charactersOf('reader') - 1)
    const entitlements = [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'reader' }]
    await api.useRules(withRule('production-with-a-dba', { approvals: 'auto', dbUsers: ['reader'] }))
    const before = await api.snapshot()
    await expect(developer.ask({ ...through(role), entitlements })).rejects.toMatchObject({ code: 'quota_exceeded' })
    expect(await api.snapshot()).toEqual(before)
    await api.useRules()
  })
})

describe('a principal', () => {
  it('that was deleted and made again under its name inherits nothing', async () => {
    await api.makeRole('app-again')
    const { id } = await developer.ask(through('app-again', 'db_user'))
    await api.deleteRole('app-again')
    await api.makeRole('app-again')
    const before = await api.snapshot()
    await expect(dba.approve(id)).rejects.toMatchObject({ status: 409, code: 'principal_replaced' })
    expect(await api.snapshot()).toEqual(before)
    expect(await dba.approve((await developer.ask(through('app-again', 'db_user'))).id)).toMatchObject({ status: 'approved' })
  })

  it('that is gone can be given nothing, and the request can still be denied', async () => {
    await api.makeRole('app-gone')
    const { id } = await developer.ask(through('app-gone', 'db_user'))
    await api.deleteRole('app-gone')
    await expect(dba.approve(id)).rejects.toMatchObject({ status: 422, code: 'unknown_principal' })
    expect(await dba.deny(id)).toMatchObject({ status: 'denied' })
  })
})
