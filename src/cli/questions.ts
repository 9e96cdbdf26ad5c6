import type { Call } from './command.ts'
import { databasesInTable } from './databases.ts'
import { type Entitlement, readEntitlement } from './entitlement.ts'
import { UsageError } from './failure.ts'
import { everyOne } from './lists.ts'

interface Given {
  readonly wanted: readonly string[]
  readonly principal?: string | undefined
  readonly reason?: string | undefined
}

/** What a request needs. What is missing is asked of the person; throws a UsageError that names it where there is nobody to ask. */
export async function completed(
  { sallyport, terminal }: Call,
  given: Given,
): Promise<{ readonly entitlements: Entitlement[]; readonly principal: string; readonly reason: string }> {
  const { ask } = terminal
  const missing = [
    ...(given.wanted.length === 0 ? ['db-user@database'] : []),
    ...(given.principal === undefined ? ['--principal'] : []),
    ...(given.reason === undefined ? ['--reason'] : []),
  ]
  if (missing.length > 0 && ask === null) throw new UsageError(`Missing: ${missing.join(', ')}. Add --help for what can be said here.`)
  const answer = async (question: string): Promise<string> => {
    for (;;) {
      const said = ((await ask?.(question)) ?? '').trim()
      if (said !== '') return said
    }
  }
  const wanted = given.wanted.length > 0 ? given.wanted : [await wantedByAsking()]
  const principal = given.principal ?? (await answer('Which IAM role, user or group is to connect (its ARN)?'))
  if (!principal.startsWith('arn:'))
    throw new UsageError(`${JSON.stringify(principal)} is not the ARN of a principal, such as arn:aws:iam::123456789012:role/app-reader.`)
  const reason = given.reason ?? (await answer('Why is it needed?'))
  return { entitlements: await Promise.all(wanted.map((text) => readEntitlement(sallyport, text))), principal, reason }

  async function wantedByAsking(): Promise<string> {
    const databases = await everyOne(sallyport, '/v1/databases', {})
    terminal.tell(databasesInTable(databases.filter(({ iamAuthentication }) => iamAuthentication)))
    const database = await answer('Which database?')
    return `${await answer('Which database user?')}@${database}`
  }
}
