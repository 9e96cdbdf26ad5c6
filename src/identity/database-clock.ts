import type { Database, Statement } from '../db/index.ts'
import { keptBriefly } from '../kernel/kept-briefly.ts'
import { KEPT_MILLISECONDS } from './rule-sets.ts'

const statement: Statement = { name: 'database-clock', text: 'select now() as now' }

/**
 * The database's clock, for what has to be told before anything is read: asked every five seconds at most, and carried on
 * from there by a clock that nobody sets.
 */
export function databaseClock(db: Database): () => Promise<Date> {
  const kept = keptBriefly<'now', { readonly at: number; readonly now: number }>(KEPT_MILLISECONDS)
  const ask = async () => {
    const at = performance.now()
    const [row] = await db.query<{ now: Date }>(statement, [])
    return row === undefined ? null : { at, now: row.now.getTime() }
  }
  return async () => {
    const known = await kept('now', ask)
    if (known === null) throw new Error('select now() answered nothing')
    return new Date(known.now + performance.now() - known.at)
  }
}
