import type { Command } from 'commander'
import type { Answer } from '../client/index.ts'
import { calling, personal } from './command.ts'
import { accessOf } from './describe.ts'
import type { Terminal } from './terminal.ts'
import { facts, when } from './words.ts'

type Me = Answer<'get', '/v1/me'>

/** `sallyport me`: who Sallyport takes you for, and what there is for you. */
export function addMe(program: Command, terminal: Terminal): void {
  personal(program, 'me', 'who you are here, by which credential, and what there is for you', 'me').action(
    calling(terminal, async ({ sallyport, print }) => {
      const me = await sallyport.get('/v1/me')
      print(me, () => meInWords(me, terminal.now()))
    }),
  )
}

/** Who is logged in, for a sentence. */
export const whoIs = ({ person, credential }: Me): string =>
  person === null ? `the ${credential.kind} ${credential.via}, which acts for nobody` : person.id

function meInWords(me: Me, now: Date): string {
  const { person, credential, grants, endsNext, asked, toDecide, toReview } = me
  const next = grants?.items.find(({ id }) => id === endsNext?.grant)
  const ends = next === undefined ? '' : `; what ends next: ${accessOf(next)}, ${when(next.endsAt, now)}`
  return [
    `You are ${whoIs(me)}.`,
    facts([
      ['name', person?.name ?? null],
      ['groups', person === null ? null : person.groups.join(', ') || 'none'],
      ['also', [me.admin ? 'admin' : null, me.auditor ? 'auditor' : null].filter((power) => power !== null).join(', ') || null],
      ['by', `${credential.kind} ${credential.via}${credential.until === null ? '' : `, until ${when(credential.until, now)}`}`],
      ['may', credential.scopes.join(', ') || 'nothing'],
      ['access', grants === null ? null : `${countOf(grants)}${ends}`],
      ['asked', asked === null ? null : `${countOf(asked)} that nobody has decided`],
      ['to decide', toDecide === null ? null : countOf(toDecide)],
      ['to review', toReview === null ? null : countOf(toReview)],
    ]),
  ].join('\n')
}

const countOf = ({ items, nextCursor }: { readonly items: readonly unknown[]; readonly nextCursor: string | null }): string =>
  nextCursor === null ? String(items.length) : `more than ${items.length}`
