import type { Reader, Statement, Tx } from './database.ts'

/** An answer as it was sent: its status and the exact text of its body. */
export interface KeptAnswer {
  readonly status: number
  readonly text: string
}

/** A kept answer with the hash of the body that it answered, by which a repeat is known. */
export interface KeptRow extends KeptAnswer {
  readonly bodyHash: string
}

/** The column holds the body as one JSON string, so that a repeat is the same byte for byte; `#>> '{}'` is its text. */
const find: Statement = {
  name: 'kept-answer-find',
  text: `select body_hash as "bodyHash", status, answer #>> '{}' as text from idempotent_answer where scope = $1`,
}

/** What is kept under a scope; null if nothing is. */
export async function findKeptAnswer(reader: Reader, scope: string): Promise<KeptRow | null> {
  const rows = await reader.query<KeptRow & Record<string, unknown>>(find, [scope])
  return rows[0] ?? null
}

/** The answers kept under an Idempotency-Key, as one transaction guards and adds to them. */
export const keptAnswers = (tx: Tx) => ({
  /**
   * Makes this transaction the only one for the scope until it ends; false if another one is. To be called before
   * `findKeptAnswer`, which then sees, in a statement of its own, what the lock's last holder committed.
   */
  async lock(scope: string): Promise<boolean> {
    const rows = await tx.prisma.$queryRaw<{ got: boolean }[]>`select pg_try_advisory_xact_lock(hashtextextended(${scope}, 0)) as got`
    return rows[0]?.got === true
  },

  /** Fails with a violation of idempotent_answer_pkey if another transaction kept one in the meantime. */
  async keep({ scope, bodyHash, status, text }: KeptRow & { readonly scope: string }): Promise<void> {
    await tx.prisma.$executeRaw`
      insert into idempotent_answer (scope, body_hash, status, answer) values (${scope}, ${bodyHash}, ${status}, to_jsonb(${text}::text))`
  },
})

const forget: Statement = {
  name: 'kept-answers-forget',
  text: `delete from idempotent_answer where created_at <= now() - interval '24 hours'`,
}

/** Forgets the answers kept for 24 hours or more, part of the worker's sweep. Until then a key is taken: nothing else looks at the age. */
export async function forgetKeptAnswers(reader: Reader): Promise<void> {
  await reader.query(forget, [])
}
