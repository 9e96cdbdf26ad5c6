import {
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { ListInstancesCommand } from '@aws-sdk/client-sso-admin'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { ACCOUNT, clientsFor, keysOf, POLICY, startInMemory, TRUST } from './support.ts'

let standIn: AwsStandIn
let iam: IAMClient

beforeAll(async () => {
  standIn = await startInMemory()
  iam = clientsFor(standIn).iam
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: TRUST }))
})
afterAll(() => standIn.close())
beforeEach(async () => {
  standIn.faults.clear()
  for (const name of await names()) await iam.send(new DeleteRolePolicyCommand({ RoleName: 'r', PolicyName: name }))
  standIn.calls.reset()
})

const put = (name = 'p', client = iam) => client.send(new PutRolePolicyCommand({ RoleName: 'r', PolicyName: name, PolicyDocument: POLICY }))
const names = async () => (await iam.send(new ListRolePoliciesCommand({ RoleName: 'r' }))).PolicyNames ?? []
const outcomes = () => standIn.calls.list().map(({ action, outcome }) => `${action} ${outcome}`)

describe('a fault', () => {
  it.each([
    ['Throttling', 400],
    ['ServiceFailure', 500],
    ['AccessDenied', 403],
  ])('can be %s with status %i, before the call has an effect', async (code, status) => {
    standIn.faults.add({ kind: 'error', action: 'PutRolePolicy', times: 1, code, status, message: 'Rate exceeded' })
    await expect(put()).rejects.toMatchObject({ Code: code, message: 'Rate exceeded', $metadata: { httpStatusCode: status } })
    expect(await names()).toEqual([])
    await put()
    expect(await names()).toEqual(['p'])
  })

  it('can be a request that never arrives', async () => {
    standIn.faults.add({ kind: 'lost-request', action: 'PutRolePolicy', times: 1 })
    await expect(put()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await names()).toEqual([])
    expect(outcomes()).toEqual(['PutRolePolicy lost-request', 'ListRolePolicies ok'])
  })

  it('can be an answer that never arrives, though the call had its effect', async () => {
    standIn.faults.add({ kind: 'lost-answer', action: 'PutRolePolicy', times: 1 })
    await expect(put()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await names()).toEqual(['p'])
    expect(outcomes()).toEqual(['PutRolePolicy lost-answer', 'ListRolePolicies ok'])
  })

  it('can hide a write from the next reads', async () => {
    standIn.faults.add({ kind: 'delayed-visibility', action: 'PutRolePolicy', times: 1, reads: 2 })
    await put()
    expect(await names()).toEqual([])
    await expect(iam.send(new GetRolePolicyCommand({ RoleName: 'r', PolicyName: 'p' }))).rejects.toMatchObject({ Code: 'NoSuchEntity' })
    expect(await names()).toEqual(['p'])
  })

  it('hides no write from other writes, and no read uses it up', async () => {
    standIn.faults.add({ kind: 'delayed-visibility', action: '*', times: 1, reads: 1 })
    await names()
    await put()
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'r', PolicyName: 'p' }))
    await names()
    expect(await names()).toEqual([])
  })

  it('lasts for as many calls as it says, or until cleared', async () => {
    standIn.faults.add({ kind: 'error', action: 'PutRolePolicy', times: 2, code: 'Throttling', status: 400 })
    await expect(put()).rejects.toThrow()
    await expect(put()).rejects.toThrow()
    await put()
    standIn.faults.add({ kind: 'error', action: '*', code: 'ServiceFailure', status: 500 })
    await expect(put()).rejects.toThrow()
    await expect(names()).rejects.toThrow()
    standIn.faults.clear()
    await put()
  })

  it('can be a rate of calls, for one service alone', async () => {
    standIn.faults.add({ kind: 'rate', service: 'sso', action: '*', perSecond: 1 })
    const { sso } = clientsFor(standIn)
    const sent = await Promise.allSettled(Array.from({ length: 60 }, () => sso.send(new ListInstancesCommand({}))))
    const refused = sent.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThan(60)
    expect(refused[0]).toMatchObject({ reason: { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } } })
    await put()
  })

  it('gives way to a retry of the SDK', async () => {
    standIn.faults.add({ kind: 'lost-request', action: 'PutRolePolicy', times: 1 })
    const retrying = new IAMClient({ endpoint: standIn.url, region: 'us-east-2', credentials: keysOf(ACCOUNT), maxAttempts: 2 })
    expect((await put('p', retrying)).$metadata.attempts).toBe(2)
  })

  it('can be there from the start', async () => {
    const other = await startInMemory([{ kind: 'error', action: 'AssumeRole', code: 'AccessDenied', status: 403 }])
    const command = new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${ACCOUNT}:role/r`, RoleSessionName: 'sallyport' })
    await expect(clientsFor(other).sts.send(command)).rejects.toMatchObject({ message: 'Made to fail by the stand-in' })
    await other.close()
  })
})

describe('over HTTP', () => {
  const send = (method: string, path: string, body?: unknown, type = 'application/json') =>
    fetch(`${standIn.url}/_standin/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': type } }),
    })

  it('faults are added, listed and cleared', async () => {
    const added = await send('POST', 'faults', { kind: 'error', action: 'PutRolePolicy', times: 1, code: 'Throttling', status: 400 })
    expect(added.status).toBe(201)
    expect((await send('POST', 'faults', [{ kind: 'lost-answer', action: 'PutRolePolicy' }])).status).toBe(201)
    const { faults } = JSON.parse(await (await send('GET', 'faults')).text())
    expect(faults).toMatchObject([{ code: 'Throttling' }, { kind: 'lost-answer', times: null }])
    await expect(put()).rejects.toMatchObject({ Code: 'Throttling' })
    await expect(put()).rejects.toMatchObject({ code: 'ECONNRESET' })
    await send('DELETE', 'faults')
    await put()
  })

  it('a fault that makes no sense is refused', async () => {
    for (const body of [
      {},
      { kind: 'error', action: 'PutRolePolicy' },
      { kind: 'lost-answer', action: 'X', times: 0 },
      'x',
      { kind: 'lost-answer', action: 'X', typo: 1 },
    ]) {
      expect((await send('POST', 'faults', body)).status, JSON.stringify(body)).toBe(400)
    }
    expect((await send('POST', 'faults', { kind: 'lost-answer', action: '*' }, 'text/plain')).status).toBe(415)
    expect((await send('GET', 'nothing')).status).toBe(404)
    expect(standIn.faults.list()).toEqual([])
  })

  it('the pace of work that goes on is set', async () => {
    expect(await (await send('GET', 'pace')).json()).toEqual({ calls: 2 })
    expect((await send('PUT', 'pace', { calls: null })).status).toBe(200)
    expect(standIn.pace.calls).toBeNull()
    for (const wrong of [{ calls: 0 }, {}]) expect((await send('PUT', 'pace', wrong)).status).toBe(400)
    await send('PUT', 'pace', { calls: 2 })
  })

  it('the log tells who called what, and can be reset', async () => {
    const { $metadata } = await put()
    await expect(put('a b')).rejects.toThrow()
    const { calls } = JSON.parse(await (await send('GET', 'calls')).text())
    expect(calls).toEqual([
      {
        at: expect.any(String),
        requestId: $metadata.requestId,
        service: 'iam',
        action: 'PutRolePolicy',
        account: ACCOUNT,
        region: 'us-east-2',
        caller: `arn:aws:iam::${ACCOUNT}:user/administrator`,
        outcome: 'ok',
      },
      expect.objectContaining({ action: 'PutRolePolicy', outcome: 'ValidationError' }),
    ])
    await send('DELETE', 'calls')
    expect(standIn.calls.list()).toEqual([])
  })
})
