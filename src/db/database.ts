import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { translated } from './errors.ts'
import { Pool } from './pool.ts'

declare const inTransaction: unique symbol

/** A prepared statement: sent by name, planned once per connection. Each is one round trip and, alone, atomic. */
export interface Statement {
  readonly name: string
  readonly text: string
}

/** What a view needs: the same statement reads inside a transaction and outside. */
export interface Reader {
  query<Row extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

/**
 * A running transaction. Only `Database.inTransaction` makes one, so whatever asks for a Tx can only be
 * called where a state, its audit event and its job are stored together or not at all.
 */
export interface Tx extends Reader {
  readonly prisma: Prisma.TransactionClient
  /** The database's clock, as of the start of the transaction: the one clock there is. */
  now(): Promise<Date>
  readonly [inTransaction]: true
}

export interface Database extends Reader {
  /** For reads outside a transaction. */
  readonly prisma: PrismaClient
  /** The pool under Prisma, for graphile-worker. */
  readonly pool: pg.Pool
  /** Runs `work` in one transaction; throws `database_unavailable` (503) when Postgres cannot be reached. */
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface ConnectOptions {
  readonly connectionString: string
  readonly applicationName: string
  readonly poolSize: number
  /** Told of connections that broke while no query ran, perhaps twice; the pool replaces them by itself. */
  readonly onIdleError: (error: Error) => void
}

/** The role that the migrations make, which can neither change the schema nor the past. */
export const RUNTIME_ROLE = 'sallyport_runtime'

/**
 * Opens a pool whose every connection takes on the run-time role: it can neither change the schema nor
 * touch the past in the audit log, whoever the connection string belongs to. Connects at the first query.
 */
export function connect(options: ConnectOptions): Database {
  const pool = new Pool({
    connectionString: options.connectionString,
    application_name: options.applicationName,
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    options: `-c role=${RUNTIME_ROLE} -c timezone=UTC -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s`,
  })
  const broken = (error: Error): void => {
    if (!pool.ending) options.onIdleError(error) // a server that stops too may break them while they are being closed
  }
  pool.on('error', broken)
  // Without a listener, a connection that breaks while somebody has it, but no query is running, ends the process.
  pool.on('connect', (client) => client.on('error', broken))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    prisma,
    pool,
    inTransaction: (work) => translated(prisma.$transaction((client) => work(transaction(client)), { maxWait: 10_000, timeout: 30_000 })),
    query: async <Row extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]) => {
      const result = await translated(pool.query<Row>({ ...statement, values: [...values] }))
      return result.rows
    },
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

const transaction = (client: Prisma.TransactionClient): Tx => {
  const tx: Omit<Tx, typeof inTransaction> = {
    prisma: client,
    query: <Row extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]) =>
      client.$queryRawUnsafe<Row[]>(statement.text, ...values),
    now: async () => {
      const [row] = await client.$queryRaw<{ now: Date }[]>`select now()`
      if (row === undefined) throw new Error('select now() answered nothing')
      return row.now
    },
  }
  return tx as Tx // the one place that makes a Tx
}
