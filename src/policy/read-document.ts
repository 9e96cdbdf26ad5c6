import { printDocument } from './document.ts'
import { isPattern, patternsOverlap } from './pattern.ts'

/** What a policy of ours, as it was found in IAM, may let connect to, or assume. */
export interface Reading {
  /** It is byte for byte a document that Sallyport writes, which allows exactly `resources`. */
  readonly ours: boolean
  /** ARNs and patterns. If the document is not ours, they may be more than it allows, never less. */
  readonly resources: readonly string[]
}

const everything: readonly string[] = ['*']

/**
 * Reads a document that should be ours and may have been changed by somebody. What it allows is estimated upwards:
 * conditions and denials are taken to stop nothing, and what cannot be read is taken to allow everything. So whatever
 * the document lets connect to, and whatever role it lets assume, is among the resources, and access that is still granted is not lost for misreading it.
 */
export function readDocument(document: string): Reading {
  const resources = statements(document)?.flatMap(allowedResources) ?? everything
  return { ours: document === printDocument(resources), resources }
}

/** Whether a document, so read, may let connect to an ARN (or to something that a pattern of ARNs matches). */
export function mayAllow(reading: Reading): (arn: string) => boolean {
  const resources = reading.resources.map(anyVariable)
  const literal = new Set(resources)
  const patterns = resources.filter(isPattern)
  return (arn) => literal.has(arn) || (isPattern(arn) ? resources : patterns).some((resource) => patternsOverlap(resource, arn))
}

/** A policy variable (`${aws:username}`) stands for a text that is known only when somebody connects. */
const anyVariable = (resource: string): string => resource.replace(/\$\{[^}]*\}/g, '*')

/** The actions that Sallyport's policies allow, in small letters: IAM compares actions without regard to case. */
const ours = ['rds-db:connect', 'sts:assumerole']

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The statements of a document: IAM takes one alone or a list. Null if it is not such a document. */
function statements(document: string): readonly Json[] | null {
  const parsed = parse(document)
  if (!isObject(parsed)) return null
  const list: unknown = Array.isArray(parsed['Statement']) ? parsed['Statement'] : [parsed['Statement']]
  return Array.isArray(list) && list.every(isObject) ? list : null
}

function parse(document: string): unknown {
  try {
    return JSON.parse(document)
  } catch {
    return null
  }
}

/** Without Action there is NotAction, and without Resource there is NotResource: both are taken to mean everything. */
function allowedResources(statement: Json): readonly string[] {
  if (statement['Effect'] === 'Deny') return []
  const actions = texts(statement['Action']) ?? everything
  const matters = actions.some((action) => ours.some((own) => patternsOverlap(action.toLowerCase(), own)))
  return matters ? (texts(statement['Resource']) ?? everything) : []
}

/** IAM takes one text alone or a list of them. Null if it is neither. */
function texts(value: unknown): readonly string[] | null {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null
}
