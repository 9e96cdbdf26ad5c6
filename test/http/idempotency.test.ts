import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { forgetKeptAnswers, type Tx } from '../../src/db/index.ts'
import { answerOnce } from '../../src/http/index.ts'
import { SallyportError } from '../../src/kernel/errors.ts'
import { testDatabase } from '../support/database.ts'
import { sampleApp } from './support/sample-app.ts'

const database = testDatabase()
const made = z.strictObject({ zeta: z.string(), alpha: z.number(), id: z.string() })
const schema = {
  operationId: 'x',
  summary: 'x',
  description: 'x',
  tags: ['requests'],
  body: z.strictObject({ id: z.string(), wants: z.string().default('ok') }),
  response: { 201: made },
}

/** Stands for an effect: a row, in the transaction of its answer. */
const leaveTrace = (tx: Tx, id: string) =>
  tx.prisma.$executeRaw`insert into account (id, name, partition, regions) values (${id}, 'trace', 'aws', '{}')`
const traces = async () =>
  (await database.db.prisma.account.findMany({ where: { name: 'trace' }, orderBy: { id: 'asc' } })).map(({ id }) => id)

/** What a test lets a use case wait for, so as to act while it runs. */
let meanwhile: () => Promise<void> = async () => {}
let effects = 0
let lostAuthority = false

const routes: FastifyPluginAsyncZod = async (app) => {
  for (const path of ['/v1/effects', '/v1/others/:id']) {
    app.post(path, { config: { idempotent: true }, schema }, async (request, reply) =>
      answerOnce<string>(request, reply, {
        db: database.db,
        run: async (db) => {
          if (lostAuthority) throw new SallyportError('not_an_approver', 'Not any more.')
          if (request.body.wants === 'novelty' && (await traces()).includes(request.body.id))
            throw new SallyportError('request_decided', 'Too late.')
          return db.inTransaction(async (tx) => {
            effects += 1
            await leaveTrace(tx, request.body.id)
            await meanwhile()
            if (request.body.wants === 'refusal') throw new SallyportError('request_decided', 'Too late.')
            return request.body.id
          })
        },
        shape: (id) => ({ status: 201, body: { id, alpha: effects, zeta: 'last' } }),
      }),
    )
  }
}

const gate = () => {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

let app: FastifyInstance
beforeAll(async () => {
  app = await sampleApp(undefined, routes)
})
afterAll(() => app.close())

const call = (key: string | null, payload: object, options: { url?: string; as?: string } = {}) =>
  app.inject({
    method: 'POST',
    url: options.url ?? '/v1/effects',
    headers: { authorization: `Bearer ${options.as ?? 'good'}`, ...(key === null ? {} : { 'idempotency-key': key }) },
    payload,
  })

describe('a POST with an Idempotency-Key', () => {
  it('has its effect once; its repeat gets the same answer, byte for byte', async () => {
    const first = await call('once', { id: '000000000001' })
    const again = await call('once', { id: '000000000001' })
    expect(first.statusCode).toBe(201)
    expect(first.headers).not.toHaveProperty('idempotent-replayed')
    expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true', 'content-type': first.headers['content-type'] })
    expect([again.statusCode, again.body]).toEqual([201, first.body])
    expect((await traces()).filter((id) => id === '000000000001')).toHaveLength(1)
  })

  it('gets the same answer even where the use case refuses a repeat before its transaction', async () => {
    const first = await call('novel', { id: '000000000020', wants: 'novelty' })
    const again = await call('novel', { id: '000000000020', wants: 'novelty' })
    expect([again.statusCode, again.body, again.headers['idempotent-replayed']]).toEqual([201, first.body, 'true'])
    expect((await call(null, { id: '000000000020', wants: 'novelty' })).json().code).toBe('request_decided')
    expect((await call('another', { id: '000000000020', wants: 'novelty' })).json().code).toBe('request_decided')
  })

  it('takes the same body in another order for the same', async () => {
    await call('order', { id: '000000000002', wants: 'ok' })
    expect((await call('order', { wants: 'ok', id: '000000000002' })).headers).toHaveProperty('idempotent-replayed')
  })

  it('refuses another body, and does nothing', async () => {
    await call('mismatch', { id: '000000000003' })
    const other = await call('mismatch', { id: '000000000004' })
    expect(other.json()).toMatchObject({ status: 422, code: 'idempotency_mismatch' })
    expect(await traces()).not.toContain('000000000004')
  })

  it('refuses a repeat while the first still runs, and answers it afterwards', async () => {
    const entered = gate()
    const leave = gate()
    meanwhile = async () => {
      entered.open()
      await leave.opened
    }
    const first = call('running', { id: '000000000005' })
    await entered.opened
    const early = await call('running', { id: '000000000005' })
    leave.open()
    meanwhile = async () => {}
    expect(early.json()).toMatchObject({ status: 409, code: 'idempotency_in_progress' })
    expect(early.headers['retry-after']).toBe('1')
    expect((await first).statusCode).toBe(201)
    expect((await call('running', { id: '000000000005' })).body).toBe((await first).body)
  })

  it('of twenty at the same moment has its effect once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('crowd', { id: '000000000006' })))
    expect(new Set(answers.map(({ statusCode }) => statusCode)).size).toBeLessThanOrEqual(2)
    expect(answers.every(({ statusCode }) => statusCode === 201 || statusCode === 409)).toBe(true)
    expect(answers.filter((answer) => answer.statusCode === 201 && answer.headers['idempotent-replayed'] === undefined)).toHaveLength(1)
  })

  it('keeps no refusal: the next try is judged anew', async () => {
    const refused = await call('refused', { id: '000000000007', wants: 'refusal' })
    expect(refused.json().code).toBe('request_decided')
    expect(await traces()).not.toContain('000000000007')
    expect((await call('refused', { id: '000000000007' })).statusCode).toBe(201)
  })

  it('means nothing under another credential, on another route, or with other ids in it', async () => {
    await call('scoped', { id: '000000000008' })
    expect((await call('scoped', { id: '000000000009' }, { as: 'other' })).statusCode).toBe(201)
    expect((await call('scoped', { id: '000000000010' }, { url: '/v1/others/a' })).statusCode).toBe(201)
    expect((await call('scoped', { id: '000000000011' }, { url: '/v1/others/b' })).statusCode).toBe(201)
    expect((await call('scoped', { id: '000000000011' }, { url: '/v1/others/%62' })).headers).toHaveProperty('idempotent-replayed')
  })

  it('is authorised before it is answered again', async () => {
    await call('closed', { id: '000000000012' })
    expect((await call('closed', { id: '000000000012' }, { as: 'nobody' })).statusCode).toBe(401)
    lostAuthority = true
    const refused = await call('closed', { id: '000000000012' })
    lostAuthority = false
    expect(refused.json().code).toBe('not_an_approver')
  })

  it.each(['', 'x'.repeat(256), 'ä', 'a\tb'])('refuses the key %j', async (key) => {
    expect((await call(key, { id: '000000000013' })).json()).toMatchObject({ status: 400, code: 'invalid_idempotency_key' })
  })

  it('is stored without its key', async () => {
    await call('do-not-store-me', { id: '000000000014' })
    expect(JSON.stringify(await database.db.prisma.idempotentAnswer.findMany())).not.toContain('do-not-store-me')
  })

  it('is forgotten after 24 hours, and not before', async () => {
    await call('old', { id: '000000000015' })
    await call('young', { id: '000000000016' })
    const owner = await database.client()
    await owner.query(`update idempotent_answer set created_at = now() - interval '24 hours' where answer #>> '{}' like '%000000000015%'`)
    await owner.query(
      `update idempotent_answer set created_at = now() - interval '23 hours 59 minutes' where answer #>> '{}' like '%000000000016%'`,
    )
    await forgetKeptAnswers(database.db)
    expect((await call('young', { id: '000000000016' })).headers).toHaveProperty('idempotent-replayed')
    expect((await call('old', { id: '000000000017' })).headers).not.toHaveProperty('idempotent-replayed')
  })
})

describe('a POST without an Idempotency-Key', () => {
  it('has its effect each time', async () => {
    expect((await call(null, { id: '000000000018' })).statusCode).toBe(201)
    expect((await call(null, { id: '000000000019' })).statusCode).toBe(201)
    expect(await traces()).toEqual(expect.arrayContaining(['000000000018', '000000000019']))
  })
})
