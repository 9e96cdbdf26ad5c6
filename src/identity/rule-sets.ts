import { ConfigError, readContent, type SallyportFile } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { keptBriefly } from '../kernel/kept-briefly.ts'
import { withClaimedGroups } from './claimed-groups.ts'
import { type Claims, readClaims } from './identity-store.ts'
import { findContent, findInForce } from './rule-set-store.ts'
import { withScimPeople } from './scim-people.ts'

/** A rule set with all people in all their groups: those of the file, those that SCIM pushed, and what their tokens say. */
export interface ActiveRuleSet {
  readonly hash: string
  readonly file: SallyportFile
}

export interface RuleSets {
  /**
   * The rule set in force, as this process saw it at most five seconds ago: enough to tell who calls. Whatever
   * judges reads what is in force with its other facts and asks for `content`. Throws `not_ready` before there is one.
   */
  current(): Promise<ActiveRuleSet>
  /** What is in force, as `inForce` reads it, from memory once it was read. Throws `not_ready` if this version of Sallyport cannot read it. */
  content(inForce: string): Promise<ActiveRuleSet>
  /** Has `current` look again. */
  forget(): void
}

/** For how long a process may go by what it has looked up about who calls; whatever writes looks again in its transaction. */
export const KEPT_MILLISECONDS = 5_000

export function createRuleSets(db: Database): RuleSets {
  const read = new Map<string, SallyportFile>() // never stale: what is stored under a hash does not change
  const pointer = keptBriefly<'active', string>(KEPT_MILLISECONDS)
  let latest: { readonly claims: Claims; readonly files: WeakMap<SallyportFile, SallyportFile> } | null = null

  const fileOf = async (hash: string): Promise<SallyportFile> => {
    const known = read.get(hash)
    if (known !== undefined) return known
    const stored = await findContent(db, hash)
    if (stored === null) throw new Error(`there is no rule set ${hash}`)
    const file = readable(hash, stored.content)
    read.set(hash, file)
    return file
  }

  const withClaims = async (file: SallyportFile, revision: string): Promise<SallyportFile> => {
    if (file.scim === null && file.issuers.every(({ authoritative }) => authoritative === null || authoritative.groups === null))
      return file
    if (latest === null || latest.claims.revision !== revision) latest = { claims: await readClaims(db), files: new WeakMap() }
    const { claims, files } = latest
    const known = files.get(file) ?? withClaimedGroups(withScimPeople(file, claims.pushed), claims.claimed)
    files.set(file, known)
    return known
  }

  const content = async (inForce: string): Promise<ActiveRuleSet> => {
    const [hash = '', revision = ''] = inForce.split(' ')
    return { hash, file: await withClaims(await fileOf(hash), revision) }
  }

  return {
    content,
    current: async () => {
      const inForce = await pointer('active', () => findInForce(db))
      if (inForce === null) throw new SallyportError('not_ready', 'No rule set is active yet.')
      return content(inForce)
    },
    forget: () => pointer.forget('active'),
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
