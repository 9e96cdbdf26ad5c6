import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { type Issuer, isLoopbackIssuer } from '../config/index.ts'
import type { Identity } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { issuerKeys } from './issuer-keys.ts'

/** How far the clocks of issuers may be off. */
const SKEW_SECONDS = 30
const LONGEST_TOKEN = 8_192

/** Access tokens (RFC 9068), and what says nothing of its kind. Not logout tokens, security events and other statements of an issuer. */
const kinds: readonly unknown[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt']

export interface VerifiedToken extends Identity {
  readonly by: Issuer
  /** The program that the token was made for, as the issuer knows it. */
  readonly client: string
  readonly issuedAt: Date
  /** Until when it is good, the skew of clocks included. */
  readonly expiresAt: Date
  readonly claims: JWTPayload
}

export interface VerifierParts {
  readonly now: () => Promise<Date>
  /** In dev mode only: issuers on this machine, without TLS. */
  readonly loopbackIssuers: boolean
}

/** Whether a bearer token has the form of a signed JWT (RFC 7515, compact). */
export const isJwt = (token: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)

/**
 * Tells who a token says has logged in, if one of the issuers has signed it, for its audience and for now. Only what the
 * configuration names is trusted: headers that bring keys or say where they are (`jwk`, `jku`, `x5c`, `x5u`) are not read.
 * Throws `unauthenticated`, and `issuer_unavailable` where the issuer's keys are not to be had.
 */
export function tokenVerifier({ now, loopbackIssuers }: VerifierParts) {
  const keys = new Map<string, JWTVerifyGetKey>()
  const keysOf = (issuer: string): JWTVerifyGetKey => {
    const known = keys.get(issuer) ?? issuerKeys(issuer)
    keys.set(issuer, known)
    return known
  }

  return async (token: string, issuers: readonly Issuer[]): Promise<VerifiedToken> => {
    if (token.length > LONGEST_TOKEN) throw refusal(`The token is longer than ${LONGEST_TOKEN} characters.`)
    try {
      const by = issuerOf(token, issuers)
      if (isLoopbackIssuer(by.issuer) && !loopbackIssuers) throw refusal(`${by.issuer} is without TLS, and taken in dev mode only.`)
      const currentDate = await now()
      const { payload } = await jwtVerify(token, keysOf(by.issuer), {
        issuer: by.issuer,
        audience: by.audience,
        algorithms: [...by.algorithms],
        clockTolerance: SKEW_SECONDS,
        currentDate,
        requiredClaims: ['sub', 'exp', 'iat'],
      })
      return verified(by, payload, currentDate)
    } catch (error) {
      if (error instanceof SallyportError) throw error
      throw refusal(wordsOf(error), error)
    }
  }
}

function issuerOf(token: string, issuers: readonly Issuer[]): Issuer {
  const { typ } = decodeProtectedHeader(token)
  if (!kinds.includes(typ?.toLowerCase())) throw refusal('This kind of token says nothing about who calls.')
  const { iss } = decodeJwt(token)
  const by = issuers.find(({ issuer }) => issuer === iss)
  if (by === undefined) throw refusal('The token is of an issuer that is not listed in sallyport.yaml.')
  return by
}

function verified(by: Issuer, claims: JWTPayload, now: Date): VerifiedToken {
  const { sub, exp, iat, cnf, azp, client_id } = claims
  if (typeof sub !== 'string' || !/^[^\p{Cc}\p{Cs}]{1,255}$/u.test(sub))
    throw refusal('`sub` of the token is not a text of 1 to 255 characters.')
  if (exp === undefined || iat === undefined || iat < 0 || iat > now.getTime() / 1_000 + SKEW_SECONDS)
    throw refusal('`iat` of the token is not a time in the past.')
  // Whoever holds such a token must also prove a key (RFC 8705, RFC 9449), and a bearer proves nothing.
  if (cnf !== undefined) throw refusal('The token is bound to a key (`cnf`), and cannot be used as a bearer token.')
  const client = [azp, client_id].find((each): each is string => typeof each === 'string' && /^[\x21-\x7e]{1,100}$/.test(each))
  return {
    by,
    issuer: by.issuer,
    subject: sub,
    client: client ?? new URL(by.issuer).host,
    issuedAt: new Date(iat * 1_000),
    expiresAt: new Date(Math.min((exp + SKEW_SECONDS) * 1_000, LAST_DATE)),
    claims,
  }
}

const LAST_DATE = 8.64e15

const refusal = (detail: string, cause?: unknown) => new SallyportError('unauthenticated', detail, { cause })

function wordsOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.'
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'The token is for another audience.'
    if (error.claim === 'nbf') return 'The token is not valid yet.'
    return `\`${error.claim}\` of the token is missing, or not what it must be.`
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is signed with an algorithm that its issuer is not listed with.'
  if (error instanceof errors.JWKSNoMatchingKey) return 'The token is signed with a key that its issuer does not have.'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is not its issuer’s.'
  return 'The token cannot be read, or not be verified.'
}
