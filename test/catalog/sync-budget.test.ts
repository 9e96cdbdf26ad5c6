import pino from 'pino'
import { beforeEach, describe, expect, test } from 'vitest'
import { declareCatalog, syncAccount } from '../../src/catalog/index.ts'
import { takeCalls } from '../../src/jobs/index.ts'
import { testDatabase } from '../support/database.ts'
import { awsWith, cluster, instance, proxy } from './aws-world.ts'
import { declared } from './declared.ts'

const { db } = testDatabase()
const id = '123456789012'
const actor = { kind: 'system', person: null, credential: 'test', via: 'cli' } as const

beforeEach(() => db.inTransaction((tx) => declareCatalog(tx, declared([], [{ id, name: 'demo', regions: ['us-east-2', 'eu-west-1'] }]))))

const account = { accountId: id, service: 'iam' }

/** Makes the account's budget so many calls, as of now. */
async function leave(calls: number): Promise<number> {
  await db.prisma.callBudget.upsert({
    where: { accountId_service: account },
    create: { ...account, calls },
    update: { calls, asOf: new Date() },
  })
  return (await budget()).asOf.getTime()
}
const budget = () => db.prisma.callBudget.findUniqueOrThrow({ where: { accountId_service: account } })

describe('looking for databases', () => {
  test('takes each of its calls out of the account’s budget, pages, endpoints and tags among them', async () => {
    const instances = Array.from({ length: 120 }, (_, index) => instance(`i${index}`))
    const { aws, standIn } = await awsWith([cluster('orders'), proxy('pool'), proxy('other'), ...instances])
    const since = await leave(400)
    await syncAccount({ database: db, aws, log: pino({ enabled: false }) })({ accountId: id, asked: true, actor })
    const calls = standIn.calls.list().length
    // In the one region two pages of instances, one of each other list, and the tags of each proxy; in the other nothing has endpoints.
    expect(calls).toBe(8 + 3)
    const { calls: left, asOf } = await budget()
    const filledUp = (20 * (asOf.getTime() - since)) / 1_000
    expect(left).toBeCloseTo(400 - calls + filledUp, 0)
  })

  test('makes no call when what is left is for checks, grants and revocations, and says so', async () => {
    const { aws, standIn } = await awsWith([cluster('orders')])
    await leave(100)
    const outcomes = await syncAccount({ database: db, aws, log: pino({ enabled: false }) })({ accountId: id, asked: true, actor })
    expect(outcomes).toMatchObject([
      { counts: null, trouble: { code: 'calls_spent' } },
      { counts: null, trouble: { code: 'calls_spent' } },
    ])
    expect(standIn.calls.list()).toEqual([])
    expect(await takeCalls(db, id, 10, 'revoke')).toBe(0)
    expect(await db.prisma.account.findUniqueOrThrow({ where: { id } })).toMatchObject({ nextSyncAt: expect.any(Date) })
  })
})
