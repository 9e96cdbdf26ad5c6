import { z } from 'zod'
import { SallyportError } from '../kernel/errors.ts'

/**
 * What is read of what Slack sends; the rest of it may change (docs.slack.dev/interactivity). Its ids are letters and digits.
 */
const id = z.string().regex(/^[A-Z0-9]{2,30}$/)

/** Postgres can store neither U+0000 nor half of a surrogate pair. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\0\p{Surrogate}]*$/u)

const command = z
  .object({ text: text(4_000).default(''), team_id: id, user_id: id, trigger_id: text(500) })
  .transform(({ team_id, user_id, trigger_id, ...rest }) => ({
    text: rest.text,
    member: { team: team_id, user: user_id },
    triggerId: trigger_id,
  }))

export type SlackCommand = z.output<typeof command>

const person = { team: z.object({ id }), user: z.object({ id }) }
const memberOf = ({ team, user }: { readonly team: { readonly id: string }; readonly user: { readonly id: string } }) => ({
  team: team.id,
  user: user.id,
})

const formState = z.record(
  z.string(),
  z.record(z.string(), z.object({ value: text(3_000).nullish(), selected_option: z.object({ value: text(150) }).nullish() })),
)

export type FormState = z.output<typeof formState>

const click = z
  .object({
    type: z.literal('block_actions'),
    ...person,
    trigger_id: text(500),
    actions: z.array(z.object({ action_id: text(255), value: text(2_000).nullish() })).min(1),
  })
  .transform(({ type, trigger_id, actions, ...rest }) => ({ type, member: memberOf(rest), triggerId: trigger_id, actions }))

const submission = z
  .object({
    type: z.literal('view_submission'),
    ...person,
    view: z.object({
      id,
      callback_id: text(255),
      private_metadata: text(3_000).default(''),
      state: z.object({ values: formState }),
    }),
  })
  .transform(({ type, view, ...rest }) => ({ type, member: memberOf(rest), view }))

const suggestion = z
  .object({ type: z.literal('block_suggestion'), ...person, value: text(255).default('') })
  .transform(({ type, value, ...rest }) => ({ type, member: memberOf(rest), value }))

const interaction = z.union([click, submission, suggestion, z.object({ type: z.literal('view_closed') })])

export type Interaction = z.output<typeof interaction>
export type Click = z.output<typeof click>
export type Submission = z.output<typeof submission>
export type Suggestion = z.output<typeof suggestion>

/** The slash command in a form-encoded body. Throws `invalid_request`. */
export const readCommand = (body: Buffer): SlackCommand => read(command, Object.fromEntries(fieldsOf(body)))

/** What somebody clicked, sent or typed, as JSON in the field `payload`. Throws `invalid_request`. */
export function readInteraction(body: Buffer): Interaction {
  let payload: unknown
  try {
    payload = JSON.parse(fieldsOf(body).get('payload') ?? '')
  } catch (cause) {
    throw new SallyportError('invalid_request', 'The field `payload` is not JSON.', { cause })
  }
  return read(interaction, payload)
}

const fieldsOf = (body: Buffer): URLSearchParams => new URLSearchParams(body.toString('utf8'))

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new SallyportError(
    'invalid_request',
    `This is not what Slack sends: ${result.error.issues[0]?.path.join('.') || 'the whole of it'} is something else.`,
  )
}
