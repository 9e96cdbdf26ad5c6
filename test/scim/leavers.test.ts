import { beforeAll, beforeEach, expect, test } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { type RuleChange, withoutPerson, withPerson } from '../support/rules.ts'
import { provider, withScim } from './world.ts'

const api = testApi({ rules: withScim('developers', 'dba'), worker: true })
const scim = withScim('developers', 'dba')
const dba = api.as('dba')
let push: Awaited<ReturnType<typeof provider>>
beforeAll(async () => {
  push = await provider(api)
})
beforeEach(() => api.useRules(scim))

const become = (id: string, status: string) => eventually(async () => expect((await dba.grant(id)).status).toBe(status))
const deactivate = (user: string, active = false) => push.patch(`/Users/${user}`, { op: 'replace', value: { active } })

/** Somebody whom SCIM pushed, in the group of those who may ask. */
async function pushed(userName: string): Promise<string> {
  const user = await push.user(userName)
  await push.group(`of ${userName}`, user)
  const found = await push.send('GET', `/Groups?filter=${encodeURIComponent('displayName eq "developers"')}`)
  const [group] = found.body['Resources'] as { id: string }[] // as the list has it
  if (group === undefined) await push.group('developers', user)
  else await push.patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: user }] })
  return user
}

async function granted(person: string): Promise<string> {
  const { id } = await api.as(person).ask()
  const [grant] = (await dba.approve(id)).grants
  await become(grant?.id ?? '', 'active')
  return grant?.id ?? ''
}

test('somebody who is deactivated loses what they had, in IAM too, and gets nothing back with their return', async () => {
  const user = await pushed('jane')
  const grant = await granted('jane')
  const { id: waiting } = await api.as('jane').ask()
  expect(await api.document('role', 'app-reader')).not.toBeNull()
  await deactivate(user)
  await expect(api.as('jane').ask()).rejects.toMatchObject({ status: 401 })
  await deactivate(user, true)
  await become(grant, 'ended')
  expect(await api.document('role', 'app-reader')).toBeNull()
  expect(await dba.grant(grant)).toMatchObject({ endReason: 'left', attention: null })
  expect(await dba.request(waiting)).toMatchObject({ status: 'withdrawn', endReason: 'requester_left' })
  expect(await api.eventsOf(waiting)).toEqual(['request.created', 'request.withdrawn'])
  const { id: asked } = await api.as('jane').ask()
  expect((await api.as('jane').withdraw(asked)).endReason).toBeNull()
})

test('somebody who is deleted loses the same', async () => {
  const user = await pushed('mary')
  const grant = await granted('mary')
  expect((await push.send('DELETE', `/Users/${user}`)).status).toBe(204)
  await become(grant, 'ended')
})

test('so does somebody whom sallyport.yaml lists no more', async () => {
  const listed: RuleChange = withPerson('temp', 'developers')
  await api.useRules(scim, listed)
  api.parts.ruleSets.forget()
  const grant = await granted('temp')
  const { id: waiting } = await api.as('temp').ask()
  await api.useRules(scim)
  await become(grant, 'ended')
  expect(await dba.grant(grant)).toMatchObject({ endReason: 'left' })
  expect(await dba.request(waiting)).toMatchObject({ status: 'withdrawn', endReason: 'requester_left' })
})

test('what was granted for them waits for an admin where sallyport.yaml says so', async () => {
  const attention: RuleChange = (file) => Object.assign(file, { leavers: { grants: 'attention' } })
  await api.useRules(scim, attention)
  const user = await pushed('bob')
  const grant = await granted('bob')
  await deactivate(user)
  await eventually(async () => expect(await api.database.db.prisma.departure.count({ where: { settledAt: null } })).toBe(0))
  expect(await dba.grant(grant)).toMatchObject({ status: 'active', attention: { code: 'beneficiary_left' } })
  await dba.revoke(grant)
  await become(grant, 'ended')
})

test('a request says that nobody is left to approve it, until somebody is', async () => {
  const { id } = await api.as('developer').ask()
  expect((await api.as('developer').request(id)).attention).toBeNull()
  const approvers = (await api.as('developer').request(id)).approvals.approvers
  await api.useRules(scim, ...approvers.map(withoutPerson))
  expect((await api.as('developer').request(id)).attention).toMatchObject({ code: 'no_approver_left' })
  const user = await push.user('new-dba')
  await push.group('dba', user)
  expect((await api.as('developer').request(id)).attention).toBeNull()
  await expect(api.as('new-dba').approve(id)).resolves.toMatchObject({ status: 'approved' })
})
