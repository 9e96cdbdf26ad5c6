import type { ModalView } from '@slack/types'
import { slackCaller } from '../identity/index.ts'
import { enqueueSlackErrand, type SlackErrand } from '../jobs/index.ts'
import { isId } from '../kernel/ids.ts'
import { denyView, extendView, MOST_OPTIONS, sentView } from './ask-view.ts'
import type { Click, Interaction, Submission, Suggestion } from './payload.ts'
import { plain } from './rich-text.ts'
import type { SlackAnswer, SlackParts } from './slack.ts'
import { SlackTrouble } from './slack-api.ts'
import { offeredDatabases } from './slack-view.ts'
import { submitAsk } from './submit-ask.ts'
import { submitDenial } from './submit-denial.ts'

/** Answers a click, a form that was sent, or what was typed into a list. */
export const answerInteraction =
  (parts: SlackParts) =>
  async (interaction: Interaction): Promise<SlackAnswer> => {
    switch (interaction.type) {
      case 'block_actions':
        return click(parts, interaction)
      case 'view_submission':
        return submission(parts, interaction)
      case 'block_suggestion':
        return options(parts, interaction)
      case 'view_closed':
        return null
    }
  }

/** What a click wants done takes longer than Slack waits, and is done by a job. */
async function click(parts: SlackParts, { member, triggerId, actions }: Click): Promise<SlackAnswer> {
  const [action] = actions
  const errand = errandOf(action?.action_id, action?.value ?? '')
  if (errand !== null) await parts.db.inTransaction((tx) => enqueueSlackErrand(tx, { ...member, errand }))
  const id = action?.value ?? ''
  if (action?.action_id === 'deny' && isId('req', id)) await openForm(parts, triggerId, denyView(id))
  if (action?.action_id === 'extend' && isId('grt', id)) await openForm(parts, triggerId, extendView(id))
  return null
}

function errandOf(action: string | undefined, id: string): SlackErrand | null {
  if (action === 'approve' && isId('req', id)) return { kind: 'approve', request: id }
  return action === 'return' && isId('grt', id) ? { kind: 'return', grant: id } : null
}

async function openForm({ api, log }: SlackParts, triggerId: string, view: ModalView): Promise<void> {
  try {
    await api.openView(triggerId, view)
  } catch (error) {
    if (!(error instanceof SlackTrouble)) throw error
    log.warn({ trouble: error.code, form: view.callback_id }, 'a form could not be opened in Slack')
  }
}

function submission(parts: SlackParts, sent: Submission): Promise<SlackAnswer> {
  const { callback_id: form } = sent.view
  if (form === 'ask' || form === 'extend') return submitAsk(parts, form)(sent)
  if (form === 'deny') return submitDenial(parts)(sent)
  return Promise.resolve({ response_action: 'update', view: sentView('This form is not one of this version of Sallyport.') })
}

/** Databases that can be asked for, to those who could ask. */
async function options({ db, ruleSets }: SlackParts, { member, value }: Suggestion): Promise<SlackAnswer> {
  await slackCaller(db, ruleSets)(member)
  const { file } = await ruleSets.current()
  const nameOf = (id: string): string => file.accounts.find((account) => account.id === id)?.name ?? id
  const databases = await offeredDatabases(db, value.trim(), MOST_OPTIONS)
  return {
    options: databases.map(({ id, identifier, accountId, region }) => ({
      text: plain(`${identifier} · ${region} · ${nameOf(accountId)}`, 75),
      value: id,
    })),
  }
}
