import { z } from 'zod'
import { matching, name, some, strict } from './schema-parts.ts'

/** What an issuer is believed about people, beyond who it is that has logged in. */
export interface Authority {
  /** The claim that holds the user name by which somebody is found in the directory; null: `identities` alone tell. */
  readonly person: string | null
  /** Which groups of the directory somebody is in by what a claim says; null: by the directory alone. */
  readonly groups: { readonly claim: string; readonly names: Readonly<Record<string, string>> } | null
}

/** An OpenID provider with whose tokens people call. */
export interface Issuer {
  /** As it stands in `iss`, letter by letter. */
  readonly issuer: string
  /** What `aud` must hold. */
  readonly audience: string
  readonly algorithms: readonly SigningAlgorithm[]
  readonly authoritative: Authority | null
}

/** Those of RFC 7518 and RFC 8037 with a public key; never `none` or one whose key both sides know. */
const signingAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const
export type SigningAlgorithm = (typeof signingAlgorithms)[number]

/** http only where nobody is in between; `serve` refuses that as well. */
const issuerUrl = z.string().refine(isIssuerUrl, 'must be a https URL without query or fragment, as it stands in `iss`')

function isIssuerUrl(text: string): boolean {
  if (text.length > 500 || !URL.canParse(text) || /[?#\s]/.test(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'https:' || isLoopbackIssuer(text)) && username === '' && password === ''
}

/** Whether an issuer is on this machine and without TLS: for development. */
export const isLoopbackIssuer = (issuer: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/.test(issuer)

const claim = matching(/^[\x21-\x7e]{1,200}$/, 'the name of a claim')

const authority = strict({
  person: claim.optional().describe('The claim that holds the user name of the person; `email` counts only with `email_verified`.'),
  groups: strict({
    claim: claim.describe('A claim that holds a list of names.'),
    names: z
      .record(z.string().min(1).max(256), name)
      .describe('The group of the directory for each name in the claim; others mean nothing.'),
  }).optional(),
}).transform(({ person, groups }): Authority => ({ person: person ?? null, groups: groups ?? null }))

export const issuerSchema = strict({
  issuer: issuerUrl.describe('As it stands in `iss`, letter by letter.'),
  audience: matching(/^[\x21-\x7e]{1,500}$/, 'what `aud` of the tokens holds').describe(
    'What `aud` of a token must hold: Sallyport, at this issuer.',
  ),
  algorithms: some(z.enum(signingAlgorithms, `must be one of ${signingAlgorithms.join(', ')}`), 'leave it out for RS256')
    .default(['RS256'])
    .describe('The algorithms of signatures that are accepted.'),
  authoritative: authority
    .optional()
    .describe('What the issuer is believed about people; without it, `identities` alone say who somebody is.'),
}).transform(({ authoritative, ...rest }): Issuer => ({ ...rest, authoritative: authoritative ?? null }))

/** The login of a person at an issuer, or who they are in a ticket system. */
export const identitySchema = strict({
  issuer: z
    .union(
      [issuerUrl, z.string().regex(/^ticket:[a-z][a-z0-9-]{0,30}$/)],
      'must be a https URL without query or fragment, as it stands in `iss`, or ticket: and the name of a source of tickets',
    )
    .describe('An issuer of tokens, or `ticket:` and the name of a source of tickets.'),
  subject: matching(/^[^\p{Cc}\p{Cs}]{1,255}$/u, 'the `sub` of the tokens, or the id in the ticket system, up to 255 characters'),
})
