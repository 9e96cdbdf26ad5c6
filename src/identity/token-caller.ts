import type { SallyportFile } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { keptBriefly } from '../kernel/kept-briefly.ts'
import { type Caller, scopes } from './caller.ts'
import { groupsIn } from './claimed-groups.ts'
import { databaseClock } from './database-clock.ts'
import { findIdentity, type LinkedIdentity, noteGroups } from './identity-store.ts'
import { linkByClaim } from './link-identity.ts'
import { ownCaller, refuseForAnother } from './own-credential.ts'
import { RefusedCaller } from './refused-caller.ts'
import { KEPT_MILLISECONDS, type RuleSets } from './rule-sets.ts'
import { tokenVerifier, type VerifiedToken } from './verify-token.ts'

export interface TokenParts {
  readonly db: Database
  readonly ruleSets: RuleSets
  readonly loopbackIssuers: boolean
}

/**
 * Who calls with a token of an issuer: a person, with their own credential. Whose a login is, is looked up at most every five
 * seconds. Throws what tokenVerifier throws, and `identity_not_linked` where it is nobody's.
 */
export function tokenCallers({ db, ruleSets, loopbackIssuers }: TokenParts) {
  const verify = tokenVerifier({ now: databaseClock(db), loopbackIssuers })
  const identities = keptBriefly<string, LinkedIdentity>(KEPT_MILLISECONDS)
  const link = linkByClaim(db, ruleSets)

  const noteClaims = async (identity: LinkedIdentity, token: VerifiedToken): Promise<void> => {
    if ((token.by.authoritative?.groups ?? null) === null) return
    if (identity.groupsAt !== null && identity.groupsAt >= token.issuedAt) return
    const actor: ActorRecord = { kind: 'person', person: identity.personId, credential: `identity:${identity.id}`, via: token.client }
    const said = { groups: groupsIn(token.claims, token.by), at: token.issuedAt }
    const isNews = await db.inTransaction((tx) => noteGroups(tx, identity, said, actor))
    identities.forget(keyOf(token))
    if (isNews) ruleSets.forget()
  }

  return async (text: string, personId: string | undefined): Promise<Caller> => {
    const token = await verify(text, (await ruleSets.current()).file.issuers)
    const identity = (await identities(keyOf(token), () => findIdentity(db, token))) ?? (await link(token))
    if (identity === null) throw notLinked(token, 'belongs to nobody of the directory')
    await noteClaims(identity, token)
    return callerWith((await ruleSets.current()).file, identity, token, personId)
  }
}

function callerWith(file: SallyportFile, { id, personId }: LinkedIdentity, token: VerifiedToken, behalfOf: string | undefined): Caller {
  const person = file.people.find((each) => each.id === personId)
  if (person === undefined) throw notLinked(token, `belongs to ${personId}, who is not in the directory any more`)
  const by = { credential: `identity:${id}`, via: token.client }
  refuseForAnother({ kind: 'person', person: personId, ...by }, behalfOf)
  return ownCaller(file, person, { id: by.credential, via: by.via, scopes: new Set(scopes), expiresAt: token.expiresAt })
}

/** Nothing can be allowed to somebody whom no rule can mean. The refusal says what the operators need to know. */
const notLinked = ({ issuer, subject, client }: VerifiedToken, how: string) =>
  new RefusedCaller(
    { kind: 'person', person: null, credential: `identity:${issuer} ${subject}`, via: client },
    'identity_not_linked',
    `The login ${JSON.stringify(subject)} of ${issuer} ${how}.`,
  )

const keyOf = ({ issuer, subject }: VerifiedToken): string => `${issuer} ${subject}`
