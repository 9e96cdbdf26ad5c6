import { type AccessReport, accessReader, accessReport, printReport } from '../access/index.ts'
import { getDatabase } from '../catalog/index.ts'
import { accessInWords } from '../cli/index.ts'
import { connect, type Database, readDeployment } from '../db/index.ts'
import type { Viewer } from '../kernel/actor.ts'
import { checkDbUser } from '../policy/index.ts'

/** Who has the database's URL sees everything. */
const operator: Viewer = { everything: true, personId: null, groups: [] }

/** `sallyport catalog access`, for operators: answers what to print: who can connect to a database, as a table or as the JSON of GET /v1/access. */
export async function showAccessCommand(
  databaseUrl: string,
  { database: ref, dbUser, json }: { readonly database: string; readonly dbUser: string | null; readonly json: boolean },
): Promise<string> {
  const db = connect({ connectionString: databaseUrl, applicationName: 'sallyport catalog access', poolSize: 2, onIdleError: () => {} })
  try {
    const report = await wholeReport(db, ref, dbUser)
    const printed = printReport(report, null)
    return json ? JSON.stringify(printed, null, 2) : accessInWords(printed)
  } finally {
    await db.close()
  }
}

async function wholeReport(db: Database, ref: string, dbUser: string | null): Promise<AccessReport> {
  const database = await getDatabase(db, ref)
  if (dbUser !== null) checkDbUser(dbUser, database.engine)
  const { id: deploymentId } = await readDeployment(db)
  // One page of all: each page reads the whole account.
  const whole = { limit: Number.POSITIVE_INFINITY, after: null }
  return accessReport(db, { deploymentId, viewer: operator, database, dbUser, ...whole, read: accessReader() })
}
