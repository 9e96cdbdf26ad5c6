import { setTimeout as delay } from 'node:timers/promises'
import { enqueueSlackErrand } from '../jobs/index.ts'
import { askByForm } from './ask-by-form.ts'
import { sentView } from './ask-view.ts'
import type { Submission } from './payload.ts'
import { type AskingForm, formErrors } from './read-form.ts'
import type { SlackAnswer, SlackParts } from './slack.ts'

/** Milliseconds after which Slack gets an answer, whether or not AWS has answered about the principal: Slack waits for 3 s. */
const PATIENCE = 2_000

/**
 * Asks for what was filled in: access, or more time for it. The form shows what came of it, refusals beside its fields.
 * Where that takes longer than Slack waits, a job that is stored before the answer asks instead, and a message says what came of it.
 */
export const submitAsk =
  (parts: SlackParts, form: AskingForm) =>
  async ({ member, view }: Submission): Promise<SlackAnswer> => {
    const { id, state } = view
    const extending = form === 'extend' ? view.private_metadata : null
    let isHandedOver = false
    const asking = askByForm(parts, { member, view: { id, state }, extending }, () => {
      if (isHandedOver) throw new Error('the form was handed to a job')
    })
    const patience = new AbortController()
    const outcome = await Promise.race([asking, delay(PATIENCE, null, { signal: patience.signal }).catch(() => null)])
    patience.abort()
    if (outcome !== null)
      return 'said' in outcome
        ? { response_action: 'update', view: sentView(outcome.said) }
        : { response_action: 'errors', errors: formErrors(outcome.refusal, form) }
    isHandedOver = true
    asking.catch(() => {}) // what comes of the form is the job's to tell, which meets the same failure
    await parts.db.inTransaction((tx) => enqueueSlackErrand(tx, { ...member, errand: { kind: 'ask', view: { id, state }, extending } }))
    return { response_action: 'update', view: sentView('This takes longer than usual. A message will say what came of it.') }
  }
