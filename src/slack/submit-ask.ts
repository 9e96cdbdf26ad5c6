import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { SallyportFile } from '../config/index.ts'
import { type Caller, slackCaller } from '../identity/index.ts'
import { enqueueSlackErrand } from '../jobs/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Id, isId } from '../kernel/ids.ts'
import { createRequest, extendAccess, printRequest, type Request } from '../requests/index.ts'
import { sentView } from './ask-view.ts'
import type { Submission } from './payload.ts'
import { type AskingForm, formErrors, readExtension, readForm } from './read-form.ts'
import { refuseMember } from './refuse-member.ts'
import { namesOf } from './request-words.ts'
import type { SlackAnswer, SlackParts } from './slack.ts'

/** Milliseconds after which Slack gets an answer, whether or not AWS has answered about the principal: Slack waits for 3 s. */
const PATIENCE = 2_000

type Outcome = { readonly said: string } | { readonly refusal: SallyportError }

/**
 * Asks for what was filled in: access, or more time for it. The form shows what came of it, refusals beside its fields; where that
 * takes longer than Slack waits, a message does. A form that is sent twice asks once.
 */
export const submitAsk =
  (parts: SlackParts, form: AskingForm) =>
  async (sent: Submission): Promise<SlackAnswer> => {
    const asking = ask(parts, form, sent)
    const patience = new AbortController()
    const outcome = await Promise.race([asking, delay(PATIENCE, null, { signal: patience.signal }).catch(() => null)])
    patience.abort()
    if (outcome !== null)
      return 'said' in outcome
        ? { response_action: 'update', view: sentView(outcome.said) }
        : { response_action: 'errors', errors: formErrors(outcome.refusal, form) }
    void asking
      .then((late) => tell(parts, sent, late))
      .catch((error: unknown) => parts.log.error({ err: error }, 'what came of a form in Slack could not be told'))
    return { response_action: 'update', view: sentView('This takes longer than usual. A message will say what came of it.') }
  }

async function ask(parts: SlackParts, form: AskingForm, { member, view }: Submission): Promise<Outcome> {
  let caller: Caller | null = null
  try {
    caller = await slackCaller(parts.db, parts.ruleSets)(member)
    if (caller.actor.kind !== 'person') throw new SallyportError('person_required', 'Requests are asked for by people.')
    const { file } = await parts.ruleSets.current()
    const { person } = caller.actor
    const common = {
      caller,
      claim: claimOf(`${caller.credential.id} ${view.id}`),
      answer: (made: Request, rules: SallyportFile) => ({
        status: 201,
        text: whatItIs(printRequest(made, rules, parts.deploymentId), (ids) => namesOf(rules, ids)),
      }),
    }
    const { answer } =
      form === 'extend'
        ? await extendAccess(parts)({ ...common, grantId: grantIn(view), ...readExtension(file, person, view.state.values) })
        : await createRequest(parts)({ ...common, asked: readForm(file, person, view.state.values) })
    return { said: answer.text }
  } catch (error) {
    if (error instanceof SallyportError && error.status >= 500 && error.code !== 'internal_error') return { refusal: error }
    return { refusal: await refuseMember(parts, error, form, caller) }
  }
}

function grantIn({ private_metadata: id }: Submission['view']): Id<'grt'> {
  if (isId('grt', id)) return id
  throw new SallyportError('grant_not_found', 'The form names no grant.')
}

/** A form is known by its view: whatever it holds, it asks once. */
function claimOf(view: string): { readonly scope: string; readonly bodyHash: string } {
  const scope = createHash('sha256').update(`slack form ${view}`).digest('hex')
  return { scope, bodyHash: scope }
}

function whatItIs(
  { id, status, approvals, extends: extended }: ReturnType<typeof printRequest>,
  names: (ids: readonly string[]) => string,
): string {
  if (status === 'approved' && extended !== null) return `Approved at once: ${id}. The access ends later now.`
  if (status === 'approved') return `Approved at once: ${id}. A message tells how to connect when it is in force.`
  const who = approvals.approvers.length === 0 ? 'nobody who can approve it, so that it waits in vain' : names(approvals.approvers)
  return `Asked: ${id}. It waits for ${who}. A message tells what was decided.`
}

const tell = ({ db }: SlackParts, { member }: Submission, outcome: Outcome): Promise<void> =>
  db.inTransaction((tx) =>
    enqueueSlackErrand(tx, {
      ...member,
      errand: { kind: 'tell', text: 'said' in outcome ? outcome.said : `Not asked. ${outcome.refusal.message}` },
    }),
  )
