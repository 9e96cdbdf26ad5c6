import { ConfigError, readContent, type SallyportFile } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { keptBriefly } from '../kernel/kept-briefly.ts'
import { findActiveHash, findContent } from './rule-set-store.ts'

interface ActiveRuleSet {
  readonly hash: string
  readonly file: SallyportFile
}

export interface RuleSets {
  /**
   * The rule set in force, as this process saw it at most five seconds ago: enough to tell who calls. Whatever
   * judges reads the hash in force with its other facts and asks for `content`. Throws `not_ready` before there is one.
   */
  current(): Promise<ActiveRuleSet>
  /** A rule set by its hash, from memory once it was read. Throws `not_ready` if this version of Sallyport cannot read it. */
  content(hash: string): Promise<SallyportFile>
}

/** For how long a process may go by the keys and the directory that it looked up before; whatever writes looks again in its transaction. */
export const KEPT_MILLISECONDS = 5_000

export function createRuleSets(db: Database): RuleSets {
  const read = new Map<string, SallyportFile>() // never stale: what is stored under a hash does not change
  const pointer = keptBriefly<'active', string>(KEPT_MILLISECONDS)

  const content = async (hash: string): Promise<SallyportFile> => {
    const known = read.get(hash)
    if (known !== undefined) return known
    const stored = await findContent(db, hash)
    if (stored === null) throw new Error(`there is no rule set ${hash}`)
    const file = readable(hash, stored.content)
    read.set(hash, file)
    return file
  }

  return {
    content,
    current: async () => {
      const hash = await pointer('active', () => findActiveHash(db))
      if (hash === null) throw new SallyportError('not_ready', 'No rule set is active yet.')
      return { hash, file: await content(hash) }
    },
  }
}

function readable(hash: string, content: unknown): SallyportFile {
  try {
    return readContent(content)
  } catch (error) {
    if (error instanceof ConfigError)
      throw new SallyportError('not_ready', `This version of Sallyport cannot read rule set ${hash}.`, { cause: error })
    throw error
  }
}
