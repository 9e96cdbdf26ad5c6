import { pino } from 'pino'
import { buildWorker } from '../../src/app/build-worker.ts'
import { connect } from '../../src/db/index.ts'
import { openAws } from '../reconcile/world-aws.ts'

/** A worker as a process of its own: its arguments are the database's URL and that of AWS. It ends by a signal. */
const [databaseUrl = '', awsUrl = ''] = process.argv.slice(2)
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' })
const database = connect({ connectionString: databaseUrl, applicationName: 'worker under test', poolSize: 5, onIdleError: () => {} })
const { id: deploymentId } = await database.prisma.deployment.findFirstOrThrow()
buildWorker({
  database,
  aws: openAws(awsUrl, 60_000), // a call that the gate holds is not to be sent a second time
  log,
  deploymentId,
  matchLater: async () => {},
  settleDeparture: async () => {},
  mayStart: async (_tx, grants) => new Map(grants.map((grant) => [grant.id, Number.POSITIVE_INFINITY])),
  sweepWork: [],
  concurrency: 2,
}).start()
