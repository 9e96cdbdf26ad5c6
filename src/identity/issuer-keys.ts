import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { isLoopbackIssuer } from '../config/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { fetchJson } from './fetch-json.ts'

/** After how long the keys are fetched again, so that one that the issuer has withdrawn is forgotten. */
const FRESH_MS = 5 * 60_000
/** For how long they stay good while the issuer does not answer. */
const GOOD_MS = 60 * 60_000
/** How long nothing is fetched after a try, whatever tokens come: they must not become calls to the issuer. */
const PAUSE_MS = 10_000

const metadata = z.object({ issuer: z.string(), jwks_uri: z.string() })
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })

interface Known {
  readonly find: JWTVerifyGetKey
  readonly since: number
}

/**
 * The keys of an issuer, found by OpenID Connect Discovery 1.0 and kept. A token with a key that is not among them has
 * them fetched again. Throws what jose throws where there is no such key, and `issuer_unavailable` while nobody can tell:
 * then no keys are known, those known are too old, or the one that the token names may be new.
 */
export function issuerKeys(issuer: string): JWTVerifyGetKey {
  let known: Known | null = null
  let lastTry: { readonly at: number; readonly failure: unknown } | null = null
  let running: Promise<void> | null = null

  const age = (): number => (known === null ? Number.POSITIVE_INFINITY : performance.now() - known.since)
  const refresh = async (): Promise<void> => {
    const at = performance.now()
    try {
      known = { find: createLocalJWKSet(await fetchKeys(issuer)), since: at }
      lastTry = { at, failure: null }
    } catch (failure) {
      lastTry = { at, failure }
    }
    running = null
  }
  const refreshUnlessTried = async (): Promise<void> => {
    if (running === null && lastTry !== null && performance.now() - lastTry.at < PAUSE_MS) return
    running ??= refresh()
    await running
  }
  const current = (): Known => {
    if (known !== null && age() < GOOD_MS) return known
    throw unavailable(issuer, lastTry?.failure)
  }

  return async (header, token) => {
    if (age() >= FRESH_MS) await refreshUnlessTried()
    const before = current()
    try {
      return await before.find(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      await refreshUnlessTried()
      const after = current()
      if (after !== before) return after.find(header, token)
      if (lastTry !== null && lastTry.failure !== null) throw unavailable(issuer, lastTry.failure)
      throw error
    }
  }
}

async function fetchKeys(issuer: string) {
  const { issuer: named, jwks_uri } = metadata.parse(await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))
  if (named !== issuer) throw new Error(`the metadata of ${issuer} is that of ${named}`)
  if (!jwks_uri.startsWith('https://') && !(isLoopbackIssuer(issuer) && isLoopbackIssuer(jwks_uri)))
    throw new Error(`the keys of ${issuer} are at ${jwks_uri}, which is not https`)
  return keySet.parse(await fetchJson(jwks_uri))
}

const unavailable = (issuer: string, cause: unknown) =>
  new SallyportError('issuer_unavailable', `The keys of ${issuer} cannot be had, so its token can be neither accepted nor refused.`, {
    cause,
  })
