import { z } from 'zod'
import { constraintBroken, malformedPolicy } from '../protocol/refusal.ts'

/** Characters as IAM counts them for its quotas: white space is free. */
export const countedCharacters = (document: string): number => document.replace(/[ \t\r\n]/g, '').length

/** IAM answers policy documents URL-encoded as RFC 3986 has it, which escapes more than `encodeURIComponent` does. */
export const encodeDocument = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

const oneOrMore = z.union([z.string(), z.array(z.string())])
const scalar = z.union([z.string(), z.boolean(), z.number()])
const principals = z.union([z.literal('*'), z.record(z.enum(['AWS', 'Service', 'Federated', 'CanonicalUser']), oneOrMore.optional())])

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principals.optional(),
  NotPrincipal: principals.optional(),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)]))).optional(),
})

const document = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement).min(1)]),
})

export type Statement = z.infer<typeof statement>

/** A value that the policy language lets stand alone or in a list. */
export const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T] // isArray does not narrow a readonly array away

/** Checks what a policy on a role or user must be, and answers it as it was sent. Throws MalformedPolicyDocument. */
export function checkIdentityPolicy(text: string | null): string {
  const sent = checkText('PolicyDocument', text)
  for (const each of statementsOf(sent)) {
    if (each.Principal !== undefined || each.NotPrincipal !== undefined) {
      throw malformedPolicy('Policy document should not specify a principal.')
    }
    checkActions(each)
    checkResources(each)
  }
  return sent
}

/** Reads the trust policy of a role. Throws MalformedPolicyDocument. */
export function readTrustPolicy(
  parameter: string,
  text: string | null,
): { readonly sent: string; readonly statements: readonly Statement[] } {
  const sent = checkText(parameter, text)
  const statements = statementsOf(sent)
  for (const each of statements) {
    checkActions(each)
    if (each.Principal === undefined) throw malformedPolicy('AssumeRole policy must contain principals.')
    if (each.Resource !== undefined || each.NotResource !== undefined) throw malformedPolicy('Has prohibited field Resource.')
    if (![...listOf(each.Action)].every((action) => action === '*' || /^sts:/i.test(action))) {
      throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.')
    }
  }
  return { sent, statements }
}

function checkText(parameter: string, text: string | null): string {
  if (text === null) throw constraintBroken(parameter, null, 'Member must not be null')
  if (text.length > 131_072) throw malformedPolicy('The policy document is longer than 131072 characters.')
  if (!/^[\t\n\r\u0020-\u00FF]+$/.test(text)) {
    throw malformedPolicy('The policy document must contain only the characters tab, line feed, carriage return and U+0020 to U+00FF.')
  }
  return text
}

/** The statements of a policy of whatever kind. Throws MalformedPolicyDocument. */
export function statementsOf(text: string): readonly Statement[] {
  const parsed = document.safeParse(parseJson(text))
  if (!parsed.success) throw malformedPolicy('Syntax errors in policy.')
  if (parsed.data.Version !== '2012-10-17') throw malformedPolicy('Policy document must be version 2012-10-17 or greater.')
  const statements = listOf(parsed.data.Statement)
  const sids = statements.flatMap(({ Sid }) => Sid ?? [])
  if (!sids.every((sid) => /^[0-9A-Za-z]*$/.test(sid))) throw malformedPolicy('Statement IDs (SID) must be alpha-numeric.')
  if (new Set(sids).size < sids.length) throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.')
  return statements
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformedPolicy('Syntax errors in policy.')
  }
}

function checkActions({ Action, NotAction }: Statement): void {
  if (Action !== undefined && NotAction !== undefined) throw malformedPolicy('Syntax errors in policy.')
  const actions = [...listOf(Action), ...listOf(NotAction)]
  if (actions.length === 0) throw malformedPolicy('Policy statement must contain actions.')
  if (!actions.every((action) => action === '*' || /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action))) {
    throw malformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  }
}

function checkResources({ Resource, NotResource }: Statement): void {
  if (Resource !== undefined && NotResource !== undefined) throw malformedPolicy('Syntax errors in policy.')
  const resources = [...listOf(Resource), ...listOf(NotResource)]
  if (resources.length === 0) throw malformedPolicy('Policy statement must contain resources.')
  for (const resource of resources) {
    if (resource !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s.test(resource)) {
      throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`)
    }
  }
}
