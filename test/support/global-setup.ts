import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/db/index.ts'
import { startEmbeddedPostgres } from '../../src/dev/embedded-postgres.ts'
import { administer, type TestServer, urlOf } from './postgres-server.ts'

/**
 * One Postgres for the whole run, with one migrated database for the test files to clone (see database.ts).
 * DATABASE_URL names another server to use, as a user who may make databases and roles; what a run makes there it drops.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL']
  const embedded = given === undefined ? await startEmbeddedPostgres(null) : null
  const run = `sallyport_test_${randomBytes(4).toString('hex')}`
  const server: TestServer = {
    ownerUrl: embedded?.url ?? given ?? '',
    template: run,
    login: { user: run, password: randomBytes(16).toString('hex') },
  }
  const tearDown = async () => {
    if (embedded !== null) return embedded.stop()
    await administer(server.ownerUrl, `drop database if exists ${server.template}`, `drop role if exists ${server.login.user}`)
  }
  try {
    await prepare(server)
  } catch (error) {
    await tearDown()
    throw error
  }
  project.provide('postgres', server)
  return tearDown
}

async function prepare(server: TestServer): Promise<void> {
  await administer(server.ownerUrl, `create database ${server.template}`)
  await migrate(urlOf(server, server.template), 'development')
  await administer(
    server.ownerUrl,
    `alter database ${server.template} allow_connections false`,
    `create role ${server.login.user} login password '${server.login.password}' in role sallyport_runtime`,
  )
}
