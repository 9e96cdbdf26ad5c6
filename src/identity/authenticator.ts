import type { SallyportFile } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Caller, scopes } from './caller.ts'
import { keyCallers } from './key-caller.ts'
import { ownCaller, refuseForAnother } from './own-credential.ts'
import type { RuleSets } from './rule-sets.ts'
import { tokenCallers } from './token-caller.ts'
import { isJwt } from './verify-token.ts'

/** Who calls, by the values of `Authorization` and `Sallyport-On-Behalf-Of`. */
export type Authenticate = (authorization: string | undefined, personId: string | undefined) => Promise<Caller>

export interface AuthenticatorParts {
  readonly db: Database
  readonly ruleSets: RuleSets
  /** In dev mode only: `Bearer dev-<id>` is that person of the directory, and an issuer may be on this machine without TLS. */
  readonly devMode: boolean
}

/**
 * Tells who calls. Keys, logins and the directory are looked up at most every five seconds, so a revocation stops reads
 * within that time; whatever writes asks `callerNow` in its transaction and is stopped at once.
 * Throws `unauthenticated`; `unknown_person`, `identity_not_linked`, `missing_scope`, `not_permitted`; `issuer_unavailable`,
 * `not_ready`, `database_unavailable`.
 */
export function createAuthenticator({ db, ruleSets, devMode }: AuthenticatorParts): Authenticate {
  const byKey = keyCallers(db)
  const byToken = tokenCallers({ db, ruleSets, loopbackIssuers: devMode })
  const file = async (): Promise<SallyportFile> => (await ruleSets.current()).file

  return async (authorization, personId) => {
    const token = bearerToken(authorization)
    if (devMode && token.startsWith('dev-')) return devCaller(await file(), token.slice('dev-'.length), personId)
    if (isJwt(token)) return byToken(token, personId)
    return byKey(token, personId, file)
  }
}

function bearerToken(authorization: string | undefined): string {
  const [, token] = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '') ?? []
  if (token === undefined) throw new SallyportError('unauthenticated', 'There is no `Authorization: Bearer …` header.')
  return token
}

function devCaller(file: SallyportFile, id: string, personId: string | undefined): Caller {
  const person = file.people.find((one) => one.id === id)
  if (person === undefined)
    throw new SallyportError('unauthenticated', `The demo directory has no ${id}; it has ${file.people.map((one) => one.id).join(', ')}.`)
  const by = { credential: `dev:${id}`, via: 'dev' }
  refuseForAnother({ kind: 'person', person: id, ...by }, personId)
  return ownCaller(file, person, { id: by.credential, via: by.via, scopes: new Set(scopes), expiresAt: null })
}
