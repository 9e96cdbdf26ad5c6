import { createHash } from 'node:crypto'
import type { SallyportFile } from '../config/index.ts'
import { type Caller, slackCaller } from '../identity/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Id, isId } from '../kernel/ids.ts'
import { createRequest, extendAccess, printRequest, type Request } from '../requests/index.ts'
import type { Submission } from './payload.ts'
import { readExtension, readForm } from './read-form.ts'
import { refuseMember } from './refuse-member.ts'
import { namesOf } from './request-words.ts'
import type { SlackParts } from './slack.ts'

/** A form as it was sent. */
export interface FilledForm {
  readonly member: Submission['member']
  readonly view: Pick<Submission['view'], 'id' | 'state'>
  /** The grant that is to have more time, as the form names it; null: it asks for access. */
  readonly extending: string | null
}

/** What came of a form: what its sender is told, or the refusal. */
export type AskOutcome = { readonly said: string } | { readonly refusal: SallyportError }

/**
 * Asks for what was filled in, as the API would for the same person; a form asks once, however often this is done. `beforeStored` may
 * throw, and then nothing is asked. Throws what is no refusal.
 */
export async function askByForm(
  parts: SlackParts,
  { member, view, extending }: FilledForm,
  beforeStored: () => void = () => {},
): Promise<AskOutcome> {
  let caller: Caller | null = null
  try {
    const known = await slackCaller(parts.db, parts.ruleSets)(member)
    caller = known
    if (known.actor.kind !== 'person') throw new SallyportError('person_required', 'Requests are asked for by people.')
    const { file } = await parts.ruleSets.current()
    const { person } = known.actor
    const common = {
      caller: known,
      claim: claimOf(`${known.credential.id} ${view.id}`),
      answer: (made: Request, rules: SallyportFile) => {
        beforeStored()
        return { status: 201, text: whatItIs(printRequest(made, rules, parts.deploymentId), (ids) => namesOf(rules, ids)) }
      },
    }
    const { values } = view.state
    const { answer } =
      extending === null
        ? await createRequest(parts)({ ...common, asked: readForm(file, person, values) })
        : await extendAccess(parts)({ ...common, grantId: grantNamed(extending), ...readExtension(file, person, values) })
    return { said: answer.text }
  } catch (error) {
    if (error instanceof SallyportError && error.status >= 500 && error.code !== 'internal_error') return { refusal: error }
    return { refusal: await refuseMember(parts, error, extending === null ? 'ask' : 'extend', caller) }
  }
}

function grantNamed(id: string): Id<'grt'> {
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
