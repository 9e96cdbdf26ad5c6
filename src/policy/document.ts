import { createHash } from 'node:crypto'

/** Policies by name; the documents are exactly the bytes that IAM holds or is to hold. */
export type PolicyDocuments = ReadonlyMap<string, string>

/**
 * Any character that IAM refuses in a policy document: its pattern is `[\u0009\u000A\u000D\u0020-\u00FF]+`
 * (docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html).
 */
export const outsideDocument = /[^\t\n\r\u0020-\u00FF]/u

/** What a policy of ours may allow, each by the kind of ARN that it is about. */
const statements = [
  { action: 'rds-db:connect', isAbout: (resource: string) => !isRole(resource) },
  { action: 'sts:AssumeRole', isAbout: isRole },
]

/** Whether something that is granted is a role to be assumed, and not something to connect to. */
export function isRole(resource: string): boolean {
  return /^arn:[^:]*:iam:/.test(resource)
}

/**
 * The policy that lets connect to these resources, and assume those of them that are roles, and nothing else, in the form
 * of AWS's own page ("Creating and using an IAM policy for IAM database access"), as compact JSON. Sorted by code unit and
 * without repetitions, so that the same resources always give the same bytes. Null for no resources: IAM has no policy
 * that says nothing.
 */
export function printDocument(resources: Iterable<string>): string | null {
  const sorted = [...new Set(resources)].sort()
  if (sorted.length === 0) return null
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.flatMap(({ action, isAbout }) => {
      const Resource = sorted.filter(isAbout)
      return Resource.length === 0 ? [] : [{ Effect: 'Allow', Action: [action], Resource }]
    }),
  })
}

/** The size of a document as IAM's quotas count it: characters, blanks left out wherever they stand. */
export const countedCharacters = (document: string): number => document.replace(/[\t\n\r ]/g, '').length

/** SHA-256 of the document's UTF-8 bytes, in hexadecimal: what the audit log keeps of it. */
export const hashDocument = (document: string): string => createHash('sha256').update(document, 'utf8').digest('hex')
