import { expect, test } from 'vitest'
import { callerNow, slackCaller } from '../../src/identity/index.ts'
import { testApi } from '../support/api.ts'
import { fakeSlack } from '../support/fake-slack.ts'
import type { RuleFile } from '../support/rules.ts'

const slack = fakeSlack(() => api.url)
const linkedTo =
  (...people: readonly string[]) =>
  (file: RuleFile): void => {
    const identities = [{ issuer: 'slack:T0TEAM', subject: 'U0DBA' }]
    Object.assign(file, {
      slack: { team: 'T0TEAM' },
      people: file.people.map((person) => (people.includes(person.id) ? { ...person, identities } : person)),
    })
  }
const api = testApi({ slack: () => slack.settings, rules: linkedTo('dba') })

const found = () => slackCaller(api.parts.db, api.parts.ruleSets)({ team: 'T0TEAM', user: 'U0DBA' })
const now = (caller: Awaited<ReturnType<typeof found>>) => api.parts.db.inTransaction((tx) => callerNow(tx, api.parts.ruleSets, caller))

test('a linked member acts as that person, with a credential of their own', async () => {
  const caller = await found()
  expect(caller.actor).toMatchObject({ kind: 'person', person: { id: 'dba' }, credential: 'slack:T0TEAM:U0DBA', via: 'slack' })
  expect(caller.credential).toMatchObject({ ownerId: 'dba', mayActFor: 'itself' })
  expect((await now(caller)).actor).toEqual(caller.actor)
})

test('what they were when they clicked is not believed in the transaction that acts', async () => {
  const caller = await found()
  await api.useRules(linkedTo('dba-2'))
  await expect(now(caller)).rejects.toMatchObject({ code: 'unauthenticated' })
  await api.useRules(linkedTo())
  await expect(now(caller)).rejects.toMatchObject({ code: 'unauthenticated' })
  await api.useRules(linkedTo('dba'))
  expect((await now(caller)).actor).toEqual(caller.actor)
})

test('a member of another workspace is nobody, whatever their id', async () => {
  const stranger = slackCaller(api.parts.db, api.parts.ruleSets)({ team: 'T0OTHER', user: 'U0DBA' })
  await expect(stranger).rejects.toMatchObject({ code: 'identity_not_linked' })
})
