import { SallyportError } from '../kernel/errors.ts'

/** SQLSTATE classes and codes (postgresql.org/docs/current/errcodes-appendix.html) that mean: not now. */
const unavailableStates = new Set(['57P01', '57P02', '57P03', '53300', '55P03'])

/** Codes of Node's and Prisma's for a server that does not answer (prisma.io/docs/orm/reference/error-reference). */
const unavailableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
])

/** Waits for `pending`, and turns "Postgres cannot be reached" into `database_unavailable`. Other errors pass. */
export async function translated<T>(pending: Promise<T>): Promise<T> {
  try {
    return await pending
  } catch (error) {
    if (isUnavailable(error)) throw new SallyportError('database_unavailable', 'Postgres did not answer.', { cause: error })
    throw error
  }
}

/** True if the error, or what caused it, says that Postgres cannot be reached or cannot serve now. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof SallyportError) return error.code === 'database_unavailable'
  const code = codeOf(error)
  if (code !== null && (unavailableCodes.has(code) || unavailableStates.has(code) || code.startsWith('08'))) return true
  return isUnavailable(error.cause)
}

/** The SQLSTATE of a constraint violation and the constraint's name, or null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : null
}

const codeOf = (error: Error): string | null => ('code' in error && typeof error.code === 'string' ? error.code : null)
