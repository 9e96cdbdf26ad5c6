import { SallyportError } from '../kernel/errors.ts'
import { keyState } from './api-key-store.ts'
import type { Credential } from './caller.ts'

/** `ownerless`: the owner of the key has left the directory; `left`: the person whose login it is. */
export type CredentialState = 'valid' | 'revoked' | 'expired' | 'rotated' | 'ownerless' | 'left'

/** What a statement needs to tell whether a credential is still good: the parameters of `credentialState`. */
export const credentialParameters = ({
  id,
  secretHash,
}: Pick<Credential, 'id' | 'secretHash'>): readonly [string | null, string | null] => [storedId(id), secretHash]

/** The SQL of a credential's state, null if it is not there; its arguments are two parameters, such as `$3` and `$4`. */
export const credentialState = (id: string, secretHash: string): string => `coalesce(${keyState(id, secretHash)},
  (select case when p.active then 'valid' else 'left' end from identity i join person p on p.id = i.person_id where i.id = ${id}))`

/** Throws `unauthenticated` unless a credential was still good when a statement read its state. */
export function assertCredential(
  credential: Credential,
  { state, now }: { readonly state: CredentialState | null; readonly now: Date },
): void {
  if (storedId(credential.id) === null) return
  if (state === null) throw new SallyportError('unauthenticated', 'The credential is gone.')
  refuseUnlessGood(credential, state)
  if (credential.expiresAt !== null && credential.expiresAt <= now) throw new SallyportError('unauthenticated', 'The token has expired.')
}

/** The same for a state that was read otherwise. */
export function refuseUnlessGood({ via, ownerId }: Pick<Credential, 'via' | 'ownerId'>, state: CredentialState): void {
  if (state === 'valid') return
  const reasons = {
    revoked: `The API key ${via} has been revoked.`,
    expired: `The API key ${via} has expired.`,
    rotated: `The API key ${via} has another secret by now.`,
    ownerless: `The API key ${via} belongs to ${ownerId}, who has left the directory.`,
    left: `${ownerId} has left the directory.`,
  } as const
  throw new SallyportError('unauthenticated', reasons[state])
}

/** The id under which a credential is stored; null for a person of dev mode. */
const storedId = (id: string): string | null => /^(?:key|identity):(\S+)$/.exec(id)?.[1] ?? null
