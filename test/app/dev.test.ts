import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dev } from '../../src/app/dev.ts'
import { type DevWorld, startDevWorld } from '../../src/app/dev-world.ts'
import type { Running } from '../../src/app/running.ts'
import { loadEnvironment } from '../../src/config/index.ts'
import { startEmbeddedPostgres } from '../../src/dev/embedded-postgres.ts'
import { emptyDatabase } from '../support/database.ts'

const log = pino({ enabled: false })
const ignore = (): void => {}

describe('sallyport dev', { timeout: 60_000 }, () => {
  const database = emptyDatabase()
  const running: Running[] = []
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-dev-'))
  })
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const environment = (variables: NodeJS.ProcessEnv = {}) =>
    loadEnvironment('dev', { PORT: '0', SALLYPORT_DEV_AWS_PORT: '0', SALLYPORT_DATA_DIR: folder, ...variables })
  const onDatabase = { SALLYPORT_DEV_DATABASE_URL: database.ownerUrl }
  const kept = <T extends Running>(world: T): T => {
    running.push(world)
    return world
  }
  const start = async (variables?: NodeJS.ProcessEnv): Promise<DevWorld> => kept(await startDevWorld(environment(variables), log, ignore))

  it('finds its data when it is started again, and frees its ports', async () => {
    const first = await start()
    const asked = await ask(first.apiUrl)
    await first.stop()
    await expect(fetch(first.apiUrl)).rejects.toThrow()
    await expect(fetch(first.awsUrl)).rejects.toThrow()

    const second = await start({ PORT: new URL(first.apiUrl).port, SALLYPORT_DEV_AWS_PORT: new URL(first.awsUrl).port })
    expect(second).toMatchObject({ apiUrl: first.apiUrl, awsUrl: first.awsUrl, policyName: first.policyName })
    const found = await fetch(`${second.apiUrl}/v1/requests/${asked.id}`, { headers: { authorization: 'Bearer dev-developer' } })
    expect(await found.json()).toMatchObject({ principal: asked.principal })
  })

  it('prints commands that work when pasted', async () => {
    const said: string[] = []
    kept(await dev(environment(onDatabase), log, (text) => said.push(text)))
    const [, commands = ''] = /Paste these into another terminal:\n(.*)\nCtrl-C stops/s.exec(said.join('\n')) ?? []
    // Through cat, since `tee /dev/stderr` needs one that can be opened, as a terminal can.
    const { stdout } = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', 'bash -euo pipefail -c "$0" 2>&1 | cat', commands])
    expect(stdout).toMatch(/"id":"req_.*"status":"pending"/)
    expect(stdout).toMatch(/"id":"grt_.*"status":"(applying|active)"/)
    expect(stdout).toContain(
      '<PolicyDocument>{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["rds-db:connect"],"Resource":["arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user"]}]}</PolicyDocument>',
    )
    expect(stdout).toMatch(/"endReason":"returned"/)
    expect(stdout).toMatch(/"type":"grant\.ending"/)
  })

  it('says which folder to delete if its data were made by another version', async () => {
    await (await start()).stop()
    const postgres = await startEmbeddedPostgres(join(folder, 'postgres'))
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    await client.query(`update _prisma_migrations set checksum = 'another'`)
    await client.end()
    await postgres.stop()
    await expect(start()).rejects.toThrow(`${folder} were made by another version of Sallyport; delete that folder`)
  })

  it('says which port is taken, and leaves nothing running', async () => {
    const { apiUrl } = await start(onDatabase)
    const taken = new URL(apiUrl).port
    const beside = { ...onDatabase, SALLYPORT_DATA_DIR: join(folder, 'second') }
    await expect(start({ ...beside, PORT: taken })).rejects.toThrow(
      `PORT: port ${taken} is taken by another process; set PORT to another one`,
    )
    await expect(start({ ...beside, SALLYPORT_DEV_AWS_PORT: taken })).rejects.toThrow(`SALLYPORT_DEV_AWS_PORT: port ${taken} is taken`)
  })

  it('says so when the emulator it is to use is not there', async () => {
    const { awsUrl, stop } = await start(onDatabase)
    await stop()
    await expect(start({ ...onDatabase, AWS_ENDPOINT_URL: awsUrl })).rejects.toThrow(/^AWS_ENDPOINT_URL: the emulator at .*ECONNREFUSED/)
  })
})

interface Asked {
  readonly id: string
  readonly principal: object
}

async function ask(apiUrl: string): Promise<Asked> {
  const response = await fetch(`${apiUrl}/v1/requests`, {
    method: 'POST',
    headers: { authorization: 'Bearer dev-developer', 'content-type': 'application/json' },
    body: JSON.stringify({
      principal: 'arn:aws:iam::123456789012:role/app-reader',
      entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'db_user' }],
      reason: 'Investigate slow invoices',
    }),
  })
  expect(response.status).toBe(201)
  return (await response.json()) as Asked // the answer's schema is the API's business
}
