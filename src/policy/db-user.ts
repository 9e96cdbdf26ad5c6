import { SallyportError } from '../kernel/errors.ts'
import { outsideDocument } from './document.ts'
import { quoted } from './quoted.ts'

/** Checked in this order; the first that is found is told. */
const unusable: readonly { readonly found: RegExp; readonly why: string }[] = [
  { found: /\$\{/, why: 'which begins a policy variable: IAM would put in something else' },
  { found: /[*?]/, why: 'a wildcard in IAM, which would let in other users too; name one user' },
  { found: /["'`]/, why: 'a quotation mark' },
  { found: /[/:\\]/, why: 'which separates the parts of an ARN or escapes what follows it' },
  { found: /(?! )[\p{C}\p{Z}]/u, why: 'a character that cannot be seen, so that an approver would not know what is approved' },
  { found: outsideDocument, why: 'which an IAM policy cannot hold: its characters end at U+00FF' },
]

/**
 * What makes a name impossible as a database user whatever the engine and however short, in words, or null.
 *
 * PostgreSQL and MySQL take nearly any character in a quoted name; what decides is what a policy can say. IAM's
 * documents end at U+00FF, and `*`, `?` and `${` in a resource mean something else than themselves. A slash or colon
 * would make the ARN ambiguous: somebody else's policy for the user `admin` of any database (`*` before the slash)
 * would let in `x/admin` too. Quotes and backslashes could be escaped in JSON, but a name that needs escaping reads
 * differently in a policy, a shell and a log. Blanks are possible inside a name, not at its ends.
 * The case matters, to IAM and in the database, and is never changed.
 */
export function dbUserFault(dbUser: string): string | null {
  if (dbUser === '') return 'the database user is missing'
  if (dbUser.trim() !== dbUser) return `the database user ${quoted(dbUser)} has blank space before or after it`
  for (const { found, why } of unusable) {
    const part = found.exec(dbUser)?.[0]
    if (part !== undefined) return `the database user ${quoted(dbUser)} contains ${quoted(part)}, ${why}`
  }
  return null
}

interface NameLimit {
  readonly database: string
  readonly longest: number
  readonly unit: string
  readonly size: (name: string) => number
}

// postgresql.org/docs/current/limits.html: 63 bytes; a longer name is cut without a word, and so names somebody else.
const postgresql: NameLimit = { database: 'PostgreSQL', longest: 63, unit: 'bytes', size: (name) => Buffer.byteLength(name, 'utf8') }
// dev.mysql.com/doc/refman/8.4/en/user-names.html: 32 characters. MariaDB takes longer ones; they are refused with MySQL's.
const mysql: NameLimit = { database: 'MySQL and MariaDB', longest: 32, unit: 'characters', size: (name) => name.length }

const limits: ReadonlyMap<string, NameLimit> = new Map([
  ['aurora-postgresql', postgresql],
  ['postgres', postgresql],
  ['aurora-mysql', mysql],
  ['mysql', mysql],
  ['mariadb', mysql],
])

/**
 * Refuses what cannot be a database user of the engine (RDS's names of engines, such as `aurora-postgresql`):
 * see dbUserFault for the characters, and null stands for any engine; PostgreSQL takes up to 63 bytes in UTF-8, MySQL and MariaDB up to 32 characters.
 * Throws `invalid_db_user`, also for an engine that has no IAM database authentication.
 */
export function checkDbUser(dbUser: string, engine: string | null): void {
  const fault = dbUserFault(dbUser) ?? (engine === null ? longestFault(dbUser) : lengthFault(dbUser, engine))
  if (fault !== null) throw new SallyportError('invalid_db_user', `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`)
}

/** What makes a name too long for every engine, in words, or null. */
export const longestFault = (dbUser: string): string | null =>
  dbUser.length > 63 ? `the database user has ${dbUser.length} characters; no engine takes more than 63` : null

function lengthFault(dbUser: string, engine: string): string | null {
  const limit = limits.get(engine)
  if (limit === undefined)
    return `the engine ${quoted(engine)} has no IAM database authentication; those with it are ${[...limits.keys()].join(', ')}`
  const size = limit.size(dbUser)
  if (size <= limit.longest) return null
  return `the database user ${quoted(dbUser)} is ${size} ${limit.unit} long; the limit of ${limit.database} is ${limit.longest}`
}
