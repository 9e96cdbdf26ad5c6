import { returnGrant } from '../grants/index.ts'
import { type Caller, linkSlackMember, type SlackMember, slackCaller } from '../identity/index.ts'
import type { SlackErrand, SlackErrandPayload } from '../jobs/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { decideRequest, getRequest } from '../requests/index.ts'
import { type AskOutcome, askByForm } from './ask-by-form.ts'
import { refuseMember } from './refuse-member.ts'
import { escaped, lines } from './rich-text.ts'
import type { SlackParts } from './slack.ts'

/** Seconds after which a click or a form is no longer what somebody wants: what it was about may look different by now. */
const STALE = 600

/**
 * Does what somebody clicked, and tells them in a message if it could not be done; that it was done, the message they clicked shows. What a
 * form asks for that could not be waited for is told in a message too. Throws where it is worth trying again: then it is, over hours. Doing
 * it twice is doing it once.
 */
export const runErrand =
  (parts: SlackParts) =>
  async ({ team, user, at, errand }: SlackErrandPayload): Promise<void> => {
    const { slack } = (await parts.ruleSets.current()).file
    if (slack === null || slack.team !== team) return
    const member = { team, user }
    const said = errand.kind === 'link' ? await link(parts, member) : await act(parts, member, at, errand)
    if (said !== null) await parts.api.post(user, { text: escaped(said), blocks: [lines([said])] })
  }

async function act(
  parts: SlackParts,
  member: SlackMember,
  at: string,
  errand: Exclude<SlackErrand, { kind: 'link' }>,
): Promise<string | null> {
  let caller: Caller | null = null
  try {
    caller = await slackCaller(parts.db, parts.ruleSets)(member)
    const now = await parts.db.inTransaction((tx) => tx.now())
    if (now.getTime() - Date.parse(at) > STALE * 1_000)
      throw new SallyportError('not_ready', 'What you sent could not be carried out for ten minutes, and was dropped; send it again.')
    if (errand.kind === 'ask') return whatCameOf(await askByForm(parts, { member, view: errand.view, extending: errand.extending }))
    if (errand.kind === 'return') await returnGrant(parts)({ grantId: errand.grant, caller, comment: null })
    else
      await decideRequest(parts)({
        requestId: errand.request,
        caller,
        verdict: 'approve',
        durationSeconds: null,
        entitlements: null,
        comment: null,
      })
    return null
  } catch (error) {
    if (error instanceof SallyportError && ['aws_unavailable', 'aws_denied', 'not_ready'].includes(error.code)) return notDone(error)
    const refusal = await refuseMember(parts, error, errand.kind, caller)
    return errand.kind === 'approve' && decided.includes(refusal.code) && (await hasApproved(parts, errand.request, caller))
      ? null
      : notDone(refusal)
  }
}

const whatCameOf = (outcome: AskOutcome): string => ('said' in outcome ? outcome.said : `Not asked. ${outcome.refusal.message}`)

const decided: readonly string[] = ['already_decided_by_you', 'request_decided']

/** Whether they have approved it before: then a second click has nothing to say. */
async function hasApproved({ db }: SlackParts, requestId: Id<'req'>, caller: Caller | null): Promise<boolean> {
  if (caller?.actor.kind !== 'person') return false
  const { id } = caller.actor.person
  const { request } = await getRequest(db, requestId)
  return request.decisions.some(({ personId, verdict }) => personId === id && verdict === 'approve')
}

const notDone = (refusal: SallyportError): string => `Nothing was done. ${refusal.message}`

/** Asks Slack once who a member is; from then on they are that person. */
async function link({ api, db, ruleSets }: SlackParts, member: SlackMember): Promise<string> {
  const { team, email, isFull } = await api.member(member.user)
  const linked = isFull && team === member.team && email !== null ? await linkSlackMember(db, ruleSets)(member, email) : null
  if (linked !== null) return `You are ${linked.personId} for Sallyport from now on. /db-access asks for access.`
  return (
    'Sallyport cannot tell who you are: it needs a full member of this workspace whose confirmed e-mail address is the user name of somebody in its directory, ' +
    `not linked to another member. Otherwise its operators can add { issuer: "slack:${member.team}", subject: "${member.user}" } to your \`identities\` in sallyport.yaml.`
  )
}
