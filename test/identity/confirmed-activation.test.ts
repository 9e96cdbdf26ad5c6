import { beforeEach, describe, expect, it } from 'vitest'
import { declare } from '../../src/app/declare.ts'
import { adopt } from '../../src/app/parts.ts'
import { type Adoption, adoptRuleSet } from '../../src/identity/index.ts'
import type { ActorRecord } from '../../src/kernel/actor.ts'
import { testApi } from '../support/api.ts'
import { demoRules, type RuleChange, withDeny, withoutPerson, withRule } from '../support/rules.ts'

const logged: string[] = []
const api = testApi({ log: { write: (line) => void logged.push(line) } })
const operator: ActorRecord = { kind: 'system', person: null, credential: 'operator', via: 'cli' }
const proposer: ActorRecord = { kind: 'person', person: 'security', credential: 'identity:x', via: 'console' }

const confirmedBy =
  (...groups: string[]): RuleChange =>
  (file) =>
    Object.assign(file, { activation: { confirmedBy: { groups } } })

const activate = (changes: readonly RuleChange[], more: { withoutConfirmation?: boolean; by?: ActorRecord } = {}): Promise<Adoption> => {
  const { by = operator, ...rest } = more
  return adoptRuleSet(api.parts.db, declare)({ loaded: demoRules(...changes), force: true, ...rest }, by)
}

let runs = 0
/** Rules that want to be confirmed by the database administrators and security, other ones for each test. */
beforeEach(async () => {
  logged.length = 0
  runs += 1
  await activate([inForce], { withoutConfirmation: true })
  api.parts.ruleSets.forget()
})
const inForce: RuleChange = (file) => confirmedBy('dba', 'security')(file)
const freeze: RuleChange = (file) => {
  inForce(file)
  withDeny(`freeze-${runs}`, { dbUsers: ['db_user'] })(file)
}
const asks = () => api.as('developer').preview()

describe('a rule set where the one in force wants it confirmed', () => {
  it('waits, and all is judged by the one in force, until somebody of those confirms what they have read', async () => {
    const { adopted, pending, hash } = await activate([freeze])
    expect({ adopted, pending }).toEqual({ adopted: false, pending: true })
    expect(await asks()).toMatchObject({ allowed: true })
    const shown = await api.as('dba').rules()
    expect(shown.pending).toMatchObject({ hash, by: { kind: 'system', via: 'cli' } })
    expect(shown.pending?.changes?.words).toEqual([`+ rule freeze-${runs}`])
    const confirmed = await api.as('dba').confirm(hash)
    expect(confirmed).toMatchObject({ inForce: { hash, by: { person: 'dba' } }, pending: null })
    expect(await asks()).toMatchObject({ allowed: false })
    const [event] = (await api.as('auditor').events({ type: 'rules.activated', limit: '1' })).items
    expect(event).toMatchObject({
      actor: { person: 'dba' },
      payload: {
        hashAfter: hash,
        confirmation: 'confirmed',
        proposedBy: { credential: 'operator' },
        changes: { added: [`freeze-${runs}`] },
      },
    })
  })

  it('is the business of the rules in force: those of the new one neither ask nor excuse', async () => {
    const { hash } = await activate([confirmedBy('developers')])
    await expect(api.as('developer').confirm(hash)).rejects.toMatchObject({ code: 'not_permitted' })
    expect(await activate([])).toMatchObject({ adopted: false, pending: true })
  })

  it('is not confirmed by who proposed it', async () => {
    const { hash } = await activate([freeze], { by: proposer })
    await expect(api.as('security').confirm(hash)).rejects.toMatchObject({ code: 'self_approval' })
    await api.as('dba').confirm(hash)
  })

  it('is not confirmed by a program that says it acts for somebody', async () => {
    const { hash } = await activate([freeze])
    const { token } = await api.key({ name: `portal-${runs}`, scopes: ['read', 'decide'], decideGroups: ['dba'] })
    await expect(api.withKey(token, 'dba').confirm(hash)).rejects.toMatchObject({ code: 'own_credential_required' })
    expect((await api.as('dba').rules()).pending).toMatchObject({ hash })
  })

  it('is not confirmed unseen: another one may have come in its place', async () => {
    const first = await activate([freeze])
    await activate([freeze, withoutPerson('developer-2')])
    await expect(api.as('dba').confirm(first.hash)).rejects.toMatchObject({ code: 'rules_not_pending' })
    await expect(api.as('dba').confirm('0'.repeat(64))).rejects.toMatchObject({ code: 'rules_not_pending' })
    expect((await api.as('dba').post('/v1/rules/pending/confirm', { hash: 'x' })).status).toBe(400)
    expect(await asks()).toMatchObject({ allowed: true })
  })

  it('is confirmed once, by two at the same moment', async () => {
    const { hash } = await activate([freeze])
    const both = await Promise.allSettled([api.as('dba').confirm(hash), api.as('dba-2').confirm(hash)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is taken back by activating the one in force', async () => {
    const { hash } = await activate([freeze])
    await activate([inForce])
    expect((await api.as('dba').rules()).pending).toBeNull()
    await expect(api.as('dba').confirm(hash)).rejects.toMatchObject({ code: 'rules_not_pending' })
  })

  it('comes into force without, when the operator says so, and the audit log tells', async () => {
    await activate([freeze])
    const { hash } = await activate([freeze], { withoutConfirmation: true })
    expect(await asks()).toMatchObject({ allowed: false })
    const [event] = (await api.as('auditor').events({ type: 'rules.activated', limit: '1' })).items
    expect(event?.payload).toMatchObject({ hashAfter: hash, confirmation: 'overridden' })
    expect((await api.as('dba').rules()).pending).toBeNull()
  })

  it('stays waiting when a process starts with it, and starts again, which the log says', async () => {
    const start = () => adopt(api.parts, demoRules(freeze, withRule('production-with-a-dba', { waits: `PT${runs}H` })), operator, false)
    await start()
    await start()
    expect(logged.filter((line) => line.includes('waits to be confirmed'))).toHaveLength(2)
    expect(await asks()).toMatchObject({ allowed: true })
    const { pending } = await api.as('dba').rules()
    const { items } = await api.as('auditor').events({ type: 'rules.proposed' })
    expect(items.filter(({ payload }) => (payload as { hash: string }).hash === pending?.hash)).toHaveLength(1) // its schema leaves it open
  })

  it('is shown to admins, auditors and those who confirm, and to nobody else', async () => {
    for (const person of ['dba', 'security', 'admin', 'auditor']) expect((await api.as(person).rules()).inForce).toBeDefined()
    await expect(api.as('developer').rules()).rejects.toMatchObject({ code: 'not_permitted' })
  })
})
