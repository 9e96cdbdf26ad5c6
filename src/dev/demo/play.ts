import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { complaint } from '../../app/complaint.ts'
import { type DevWorld, emulatedCredentials, startDevWorld } from '../../app/dev-world.ts'
import { createAws } from '../../aws/index.ts'
import { loadEnvironment } from '../../config/index.ts'
import { apiClient } from './api-client.ts'
import { auditTable, readAuditTrail } from './audit-trail.ts'
import { iamReader } from './iam-reader.ts'
import { player } from './player.ts'
import { Amiss, createStage, expectEqual } from './stage.ts'
import { expiryStory } from './stories/expiry.ts'
import { oneDatabaseUserStory } from './stories/one-database-user.ts'
import { oneUserEverywhereStory } from './stories/one-user-everywhere.ts'
import { ownRequestStory } from './stories/own-request.ts'
import { sharedDatabaseUserStory } from './stories/shared-database-user.ts'
import { twoDatabaseUsersStory } from './stories/two-database-users.ts'
import type { Story } from './story.ts'

const stories: readonly Story[] = [
  oneDatabaseUserStory,
  twoDatabaseUsersStory,
  oneUserEverywhereStory,
  sharedDatabaseUserStory,
  ownRequestStory,
  expiryStory,
]

const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** `npm run demo`: plays all stories in a world of its own, which is gone afterwards. Nothing of the environment changes it. */
async function playDemo(): Promise<void> {
  const interrupted = interruption()
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-demo-'))
  try {
    print('Sallyport, all of it on this machine: PostgreSQL, the API, the worker, and a stand-in for AWS.\n')
    const settings = { PORT: '0', SALLYPORT_DEV_AWS_PORT: '0', SALLYPORT_DATA_DIR: folder }
    const world = await startDevWorld(loadEnvironment('dev', settings), pino({ enabled: false }), (text) => print(`   ${text}`))
    try {
      await Promise.race([playStories(world), interrupted])
    } finally {
      await world.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Rejects at the first signal. The listeners stay: npm may pass on a Ctrl-C that the terminal has sent here too. */
function interruption(): Promise<never> {
  const promise = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => reject(new Error('interrupted')))
  })
  promise.catch(() => {}) // it may come before anybody waits for it
  return promise
}

async function playStories({ apiUrl, awsUrl, policyName }: DevWorld): Promise<void> {
  const aws = createAws({ endpoint: awsUrl, region: 'us-east-2', credentials: emulatedCredentials })
  try {
    const stage = createStage(print)
    const person = (name: string) => player(stage, apiUrl, name)
    const iam = iamReader(stage, aws, policyName)
    const cast = {
      developer: person('developer'),
      secondDeveloper: person('developer-2'),
      dba: person('dba'),
      secondDba: person('dba-2'),
      admin: person('admin'),
      iam,
    }
    for (const [index, story] of stories.entries()) {
      print(`\n${index + 1}. ${story.title}`)
      await story.play(cast)
    }
    print(`\n${stories.length + 1}. What is left, and what is on record`)
    await iam.holdsNothing(['user/developer', 'role/app-reader', 'role/app-writer'])
    const table = await stage.step({ who: 'auditor', what: 'reads the audit trail' }, async () => {
      const events = await readAuditTrail(apiClient(apiUrl, 'auditor'))
      const count = (type: string) => events.filter((event) => event.type === type).length
      expectEqual(
        'requests asked for, grants opened, activated, ended',
        ['request.created', 'grant.opened', 'grant.activated', 'grant.ended'].map(count),
        [8, 8, 8, 8],
      )
      expectEqual('IAM writes intended and not done', count('iam.write.intended') - count('iam.write.done'), 0)
      expectEqual('refusals of authority', count('authority.refused'), 2)
      return { result: auditTable(events), outcome: `: ${events.length} events` }
    })
    print(`${table}\n\nEverything went as it should.`)
  } finally {
    aws.close()
  }
}

try {
  await playDemo()
} catch (error) {
  const say = (text: string) => void process.stderr.write(`${text}\n`)
  if (error instanceof Amiss) say(`\nThis did not go as it should:\n  ${error.message}`)
  process.exitCode = error instanceof Amiss ? 1 : complaint(error, say)
}
