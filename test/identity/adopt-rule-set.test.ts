import { describe, expect, it } from 'vitest'
import { readYaml } from '../../src/config/index.ts'
import { adoptRuleSet, createRuleSets } from '../../src/identity/index.ts'
import { testDatabase } from '../support/database.ts'
import { declareNothing, fileOf, operator } from './world.ts'

const jane = { id: 'jane', groups: ['dba'] }

describe('adopting a rule set', () => {
  const { db } = testDatabase()
  const adopt = adoptRuleSet(db, declareNothing)
  const start = (loaded = fileOf([jane]), force = false) => adopt({ loaded, force }, operator)
  const activations = () => db.prisma.auditEvent.findMany({ where: { type: 'rules.activated' }, orderBy: { seq: 'asc' } })
  const first = fileOf([jane])
  const second = fileOf([jane, { id: 'dba' }])

  it('is not ready before there is one', async () => {
    await expect(createRuleSets(db).current()).rejects.toMatchObject({ code: 'not_ready' })
  })

  it('makes the first one active, once, however many processes start together', async () => {
    const adoptions = await Promise.all([start(first), start(first), start(first)])
    const [hash] = adoptions.map((adoption) => adoption.hash)
    expect(adoptions).toEqual(adoptions.map(() => ({ adopted: true, pending: false, hash, activeHash: hash, changes: null })))
    expect(await activations()).toMatchObject([{ actor: operator, payload: { hashBefore: null, hashAfter: hash } }])
    expect(await createRuleSets(db).current()).toEqual({ hash, file: first.file })
  })

  it('knows the same content again, whatever the order of its keys and the form of its YAML', async () => {
    const again = readYaml('people:\n  - groups: [dba]\n    id: jane\n', 'sallyport.yaml')
    expect(await start(again)).toEqual(await start(first))
    expect(await activations()).toHaveLength(1)
  })

  it('makes one that was never seen active', async () => {
    const before = await start(first)
    const after = await start(second)
    expect(after).toMatchObject({ adopted: true, activeHash: after.hash, changes: { people: { added: ['dba'], removed: [] } } })
    expect(await activations()).toMatchObject([{}, { payload: { hashBefore: before.hash, hashAfter: after.hash } }])
  })

  it('does not go back to an earlier one when an old process starts again', async () => {
    const { activeHash } = await start(second)
    expect(await start(first)).toMatchObject({ adopted: false, activeHash })
    expect((await createRuleSets(db).current()).hash).toBe(activeHash)
    expect(await activations()).toHaveLength(2)
  })

  it('goes back when it is told to', async () => {
    const { adopted, hash } = await start(first, true)
    expect(adopted).toBe(true)
    expect((await createRuleSets(db).current()).hash).toBe(hash)
    expect(await activations()).toHaveLength(3)
  })

  it('changes nothing when what it declares cannot be stored', async () => {
    const before = await createRuleSets(db).current()
    const failing = adoptRuleSet(db, async () => {
      throw new Error('the catalog refuses')
    })
    await expect(failing({ loaded: fileOf([{ id: 'new' }]), force: false }, operator)).rejects.toThrow('the catalog refuses')
    expect((await createRuleSets(db).current()).hash).toBe(before.hash)
    expect(await db.prisma.person.findUnique({ where: { id: 'new' } })).toBeNull()
    expect(await db.prisma.ruleSet.count()).toBe(2)
  })

  it('hands what is declared to whoever keeps it, in the same transaction', async () => {
    const declared: unknown[] = []
    const loaded = fileOf([jane, { id: 'security' }])
    const adoptWith = adoptRuleSet(db, async (tx, file) => {
      declared.push(file)
      await tx.prisma.person.findMany()
    })
    await adoptWith({ loaded, force: false }, operator)
    expect(declared).toEqual([loaded.file])
  })
})

describe('the directory of the active rule set', () => {
  const { db } = testDatabase()
  const adopt = (people: Parameters<typeof fileOf>[0]) =>
    adoptRuleSet(db, declareNothing)({ loaded: fileOf(people), force: true }, operator)
  const directory = async () => {
    const people = await db.prisma.person.findMany({ orderBy: { id: 'asc' } })
    return people.map(({ id, username, active }) => `${id} ${username} ${active ? 'active' : 'inactive'}`)
  }

  it('waits for nobody who refers to people that stay as they are', async () => {
    await adopt([{ id: 'auditor' }, { id: 'dba' }])
    await db.inTransaction(async (tx) => {
      await tx.prisma.$queryRaw`select id from person where id = 'dba' for key share` // as a foreign key does
      await adopt([{ id: 'auditor', groups: ['auditors'] }, { id: 'dba' }])
    })
  })

  it('keeps whoever is no longer listed, as inactive', async () => {
    await adopt([{ id: 'auditor' }, { id: 'dba' }])
    await adopt([{ id: 'dba' }])
    expect(await directory()).toEqual(['auditor auditor inactive', 'dba dba active'])
  })

  it('takes them back when they are listed again', async () => {
    await adopt([{ id: 'auditor' }, { id: 'dba' }])
    expect(await directory()).toEqual(['auditor auditor active', 'dba dba active'])
  })

  it('lets two people swap their user names', async () => {
    await adopt([
      { id: 'auditor', username: 'dba' },
      { id: 'dba', username: 'auditor' },
    ])
    expect(await directory()).toEqual(['auditor dba active', 'dba auditor active'])
  })

  it('gives the user name of somebody who left to somebody else', async () => {
    await adopt([{ id: 'security', username: 'auditor' }])
    expect(await directory()).toEqual(['auditor dba inactive', 'dba formerly:dba inactive', 'security auditor active'])
  })
})
