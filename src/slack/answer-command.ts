import type { ModalView } from '@slack/types'
import type { SallyportFile } from '../config/index.ts'
import { listGrants, returnGrant } from '../grants/index.ts'
import { type Caller, slackCaller, viewerOf } from '../identity/index.ts'
import { enqueueSlackErrand } from '../jobs/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Id, isId } from '../kernel/ids.ts'
import { askView, extendView } from './ask-view.ts'
import { buttons, grantLine, returnButton } from './asker-message.ts'
import type { SlackCommand } from './payload.ts'
import { refuseMember } from './refuse-member.ts'
import { escaped } from './rich-text.ts'
import { type SlackAnswer, type SlackParts, toMember } from './slack.ts'
import { SlackTrouble } from './slack-api.ts'

const help = [
  '`/db-access`: ask for access to a database',
  '`/db-access list`: what you have, until when, and a way to return it',
  '`/db-access extend grt_…`: ask for more time for a grant before its end',
  '`/db-access return grt_…`: return a grant before its end',
  '`/db-access help`: this list',
].join('\n')

/** How many grants one answer lists: two blocks each, of the 50 that a message can have. */
const MOST_LISTED = 20

/** Answers `/db-access`. Everything is said to the member alone; a refusal by Sallyport is an answer as well. */
export const answerCommand =
  (parts: SlackParts) =>
  async (command: SlackCommand): Promise<SlackAnswer> => {
    const [word = '', argument] = command.text.trim().split(/\s+/)
    if (!['', 'list', 'extend', 'return'].includes(word))
      return toMember(word === 'help' ? help : `There is no \`${escaped(word)}\`.\n${help}`)
    const { file } = await parts.ruleSets.current()
    let caller: Caller | null = null
    try {
      caller = await slackCaller(parts.db, parts.ruleSets)(command.member)
      if (word === 'list') return await list(parts, caller)
      if (word === 'return') return await giveBack(parts, caller, named(argument))
      if (word === 'extend') return await openForm(parts, extendView(named(argument)), command.triggerId)
    } catch (error) {
      const refusal = await refuseMember(parts, error, `/db-access ${word}`.trim(), caller)
      return refusal.code === 'identity_not_linked' ? howToBeLinked(parts, file, command) : toMember(escaped(refusal.message))
    }
    return caller.actor.kind === 'person' ? openForm(parts, askView(file, caller.actor.person), command.triggerId) : null
  }

async function openForm(parts: SlackParts, view: ModalView, triggerId: string): Promise<SlackAnswer> {
  try {
    await parts.api.openView(triggerId, view)
    return null
  } catch (error) {
    if (!(error instanceof SlackTrouble)) throw error
    if (error.code === 'exchanged_trigger_id') return null // Slack delivered the command twice, and the form is open
    parts.log.warn({ trouble: error.code }, 'the form could not be opened in Slack')
    return toMember('The form could not be opened in time; try once more.')
  }
}

async function list({ db }: SlackParts, caller: Caller): Promise<SlackAnswer> {
  const page = { limit: MOST_LISTED, order: 'end' } as const
  const { items, nextCursor } = await listGrants(db, viewerOf(caller), { beneficiary: 'me', status: 'live' }, page)
  if (items.length === 0) return toMember('You have no access to any database through Sallyport.')
  return {
    response_type: 'ephemeral',
    text: nextCursor === null ? 'Your grants, the first to end first' : `The first ${items.length} of your grants to end`,
    blocks: items.flatMap((grant) => [grantLine(grant), buttons(returnButton(grant))]),
  }
}

function named(id: string | undefined): Id<'grt'> {
  if (id !== undefined && isId('grt', id)) return id
  throw new SallyportError('grant_not_found', 'Name a grant by its id, such as grt_…; /db-access list shows yours.')
}

async function giveBack(parts: SlackParts, caller: Caller, id: Id<'grt'>): Promise<SlackAnswer> {
  await returnGrant(parts)({ grantId: id, caller, comment: null })
  return toMember('Returned. It is being taken away.')
}

/** Somebody who is nobody of the directory is told how to become somebody, or will be once Slack has said who they are. */
async function howToBeLinked({ db }: SlackParts, { slack }: SallyportFile, { member }: SlackCommand): Promise<SlackAnswer> {
  if (slack?.linkByEmail === true && slack.team === member.team) {
    await db.inTransaction((tx) => enqueueSlackErrand(tx, { ...member, errand: { kind: 'link' } }))
    return toMember(
      'Sallyport does not know you yet. It is looking you up by your e-mail address, and tells you in a message what came of it.',
    )
  }
  const login = `{ issuer: "slack:${member.team}", subject: "${member.user}" }`
  return toMember(`Sallyport does not know you. Have its operators add this to your \`identities\` in sallyport.yaml: \`${login}\``)
}
