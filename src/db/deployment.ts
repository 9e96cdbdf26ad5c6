import { SallyportError } from '../kernel/errors.ts'
import type { Reader, Statement } from './database.ts'
import type { DeploymentKind } from './migrate.ts'

/** Which deployment a database belongs to. */
export interface Deployment {
  /** Stands in the names of the IAM policies that are this deployment's. */
  readonly id: string
  readonly kind: DeploymentKind
}

const find: Statement = { name: 'deployment-find', text: 'select id, kind::text as kind from deployment' }

/** Reads it; throws `not_ready` where the schema, or its row, is not there yet. */
export async function readDeployment(reader: Reader): Promise<Deployment> {
  const [deployment] = await reader.query<Deployment & Record<string, unknown>>(find, []).catch((error: unknown) => {
    if (isUndefined(error)) return []
    throw error
  })
  if (deployment === undefined)
    throw new SallyportError('not_ready', 'The database has no schema of Sallyport’s: run `sallyport migrate` first.')
  return deployment
}

/** undefined_table; undefined_object and insufficient_privilege where the run-time role is missing. */
const isUndefined = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['42P01', '42704', '22023', '42501'].includes(String(error.code))
