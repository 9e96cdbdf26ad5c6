import Table from 'cli-table3'
import type { AccessReport } from '../client/index.ts'

type Item = AccessReport['items'][number]

/** Who can connect to a database, as a table. */
export function accessInWords({ database, dbUser, asOf, sweep, shows, guarded, items, notChecked }: AccessReport): string {
  const of = `${database.identifier} (${database.resourceId}${dbUser === null ? '' : `, as ${dbUser}`})`
  const table = new Table({
    head: ['principal', 'as', 'can', 'through'],
    style: { head: [], border: [] },
    wordWrap: true,
    wrapOnWordBoundary: false,
  })
  for (const row of items.flatMap(rowsOf)) table.push(row)
  return [
    `Who can connect to ${of}, as the account was ${asOf}:`,
    items.length === 0 ? 'Nobody.' : table.toString(),
    ...(guarded.length === 0 ? [] : [`Guarded, so that they can connect only to what they are granted: ${guarded.join(', ')}.`]),
    ...(shows === 'everything' ? [] : ['You see the grants that concern you; admins and auditors see everything.']),
    ...(sweep.attention === null ? [] : [`Since ${sweep.attention.since}: ${sweep.attention.message}`]),
    `Not looked at: ${notChecked.join('; ')}.`,
  ].join('\n')
}

function rowsOf({ principal, access, couldObtain }: Item): string[][] {
  const direct = access.map(({ dbUser, result, administrator, grants, policies, limits }) => [
    principal.arn,
    dbUser,
    administrator ? `${result}, administrator` : result,
    [
      ...grants.map(
        ({ grant, endsAt, standing, group }) =>
          `grant ${grant} until ${standing ? `nobody keeps it, next by ${endsAt}` : endsAt}${throughGroup(group)}`,
      ),
      ...policies.map(
        ({ policy, policyArn, statement, sid, conditions, leftover, group }) =>
          `${leftover ? 'no grant, but ' : ''}${policyArn ?? `inline policy ${policy}`}, statement ${sid ?? statement + 1}${throughGroup(group)}${under(conditions)}`,
      ),
      ...limits.map(
        ({ boundary, policy, policyArn, statement, sid, effect, conditions }) =>
          `${effect} of ${boundary ? 'its permissions boundary' : (policyArn ?? policy)}, statement ${sid ?? statement + 1}${under(conditions)}`,
      ),
    ].join('\n'),
  ])
  const could = couldObtain.map(({ action, on, conditional }) => `${action} on ${on}${conditional ? ', under conditions' : ''}`)
  return [...direct, ...(could.length === 0 ? [] : [[principal.arn, '', 'could let itself', could.join('\n')]])]
}

const throughGroup = (group: string | null): string => (group === null ? '' : `, through ${group}`)
const under = (conditions: readonly string[]): string => (conditions.length === 0 ? '' : `, if ${conditions.join(' and ')}`)
