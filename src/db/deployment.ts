import { ConfigError } from '../config/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Reader, RUNTIME_ROLE, type Statement } from './database.ts'
import type { DeploymentKind } from './migrate.ts'

/** Which deployment a database belongs to. */
export interface Deployment {
  /** Stands in the names of the IAM policies that are this deployment's. */
  readonly id: string
  readonly kind: DeploymentKind
}

const find: Statement = { name: 'deployment-find', text: 'select id, kind::text as kind, current_user::text as role from deployment' }

/**
 * Reads it; throws `not_ready` where the schema, or its row, is not there yet, and a ConfigError where something between
 * here and Postgres keeps connections from taking on the run-time role.
 */
export async function readDeployment(reader: Reader): Promise<Deployment> {
  const [deployment] = await reader.query<Deployment & { readonly role: string }>(find, []).catch((error: unknown) => {
    if (isUndefined(error)) return []
    throw error
  })
  if (deployment === undefined)
    throw new SallyportError('not_ready', 'The database has no schema of Sallyport’s: run `sallyport migrate` first.')
  const { role, ...rest } = deployment
  if (role !== RUNTIME_ROLE) {
    throw new ConfigError([
      `DATABASE_URL: connections act as ${role} and not as ${RUNTIME_ROLE}: a connection pooler drops the start-up parameter \`options\`. Let it pass them on, or run: ALTER ROLE <login> SET role = '${RUNTIME_ROLE}'`,
    ])
  }
  return rest
}

/** undefined_table; undefined_object and insufficient_privilege where the run-time role is missing. */
const isUndefined = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['42P01', '42704', '22023', '42501'].includes(String(error.code))
