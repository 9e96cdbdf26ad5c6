import { type Caller, slackCaller } from '../identity/index.ts'
import { isId } from '../kernel/ids.ts'
import { decideRequest } from '../requests/index.ts'
import type { Submission } from './payload.ts'
import { refuseMember } from './refuse-member.ts'
import { cut } from './rich-text.ts'
import type { SlackAnswer, SlackParts } from './slack.ts'

/** Denies a request for the reason given; it needs nothing of AWS, and is done before the form closes. */
export const submitDenial =
  (parts: SlackParts) =>
  async ({ member, view }: Submission): Promise<SlackAnswer> => {
    const requestId = view.private_metadata
    const comment = (view.state.values['comment']?.['comment']?.value ?? '').trim()
    if (!isId('req', requestId)) return null
    if (comment === '') return refused('Say why: who asked is told.')
    let caller: Caller | null = null
    try {
      caller = await slackCaller(parts.db, parts.ruleSets)(member)
      await decideRequest(parts)({
        requestId,
        caller,
        verdict: 'deny',
        durationSeconds: null,
        entitlements: null,
        comment: cut(comment, 2_000),
      })
      return null
    } catch (error) {
      const refusal = await refuseMember(parts, error, 'deny', caller)
      return refused(refusal.message)
    }
  }

const refused = (detail: string): SlackAnswer => ({ response_action: 'errors', errors: { comment: cut(detail, 500) } })
