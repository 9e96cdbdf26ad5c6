import pg from 'pg'
import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { SallyportError } from '../kernel/errors.ts'

/** SQLSTATEs (postgresql.org/docs/current/errcodes-appendix.html) that mean: not now, a deadlock among them. Class 08 does so too. */
const unavailableStates = new Set(['40P01', '57P01', '57P02', '57P03', '53300', '55P03'])

/** Codes of Node's for a server that does not answer. */
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])

/** Codes of Prisma's for the same (prisma.io/docs/orm/reference/error-reference). */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'])

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
  const codes = [codeOf(error), prismaCause(error)?.originalCode]
  const unavailable = (code: string) =>
    networkCodes.has(code) || prismaCodes.has(code) || unavailableStates.has(code) || code.startsWith('08')
  return codes.some((code) => code !== undefined && unavailable(code)) || isUnavailable(error.cause)
}

/** True if the error is a failure of Postgres or of the way there: it says nothing of what is stored. */
export const isOfPostgres = (error: unknown): boolean =>
  isUnavailable(error) ||
  error instanceof pg.DatabaseError ||
  error instanceof Prisma.PrismaClientKnownRequestError ||
  error instanceof Prisma.PrismaClientUnknownRequestError

/** The name of the constraint that a statement violated; of one sent through Prisma, not of a check. Null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  if (error instanceof Error && 'constraint' in error && typeof error.constraint === 'string') return error.constraint
  return prismaCause(error)?.constraint?.index ?? null
}

const codeOf = (error: Error): string | undefined => ('code' in error && typeof error.code === 'string' ? error.code : undefined)

/** What Prisma passes on of an error of Postgres's. */
const prismaError = z.object({
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({ originalCode: z.string().optional(), constraint: z.object({ index: z.string() }).optional().catch(undefined) }),
    }),
  }),
})

const prismaCause = (error: unknown) => prismaError.safeParse(error).data?.meta.driverAdapterError.cause
