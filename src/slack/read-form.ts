import type { z } from 'zod'
import type { SallyportFile } from '../config/index.ts'
import type { Person } from '../kernel/actor.ts'
import { type FieldError, SallyportError } from '../kernel/errors.ts'
import { pointerTo } from '../kernel/json-pointer.ts'
import { type Asked, askBody, askedInBody, extendBody } from '../requests/index.ts'
import { type Field, rulesFor } from './ask-view.ts'
import type { FormState } from './payload.ts'
import { cut } from './rich-text.ts'

/** What somebody filled in, as the API would be asked. Pure. Throws `invalid_request` as the API does. */
export function readForm(file: SallyportFile, person: Person, state: FormState): Asked {
  const value = valuesIn(state)
  return askedInBody(
    checked(askBody, {
      principal: value('arn') ?? value('principal') ?? '',
      entitlements: [{ database: value('database') ?? '', dbUser: value('dbUser') ?? '' }],
      path: value('path') ?? 'direct',
      ...durationAndWhy(file, person, value),
    }),
  )
}

/** The same of the form that asks for more time. */
export function readExtension(file: SallyportFile, person: Person, state: FormState) {
  const { duration, reason, ticket } = checked(extendBody, durationAndWhy(file, person, valuesIn(state)))
  return { duration: duration ?? null, reason, ticket }
}

type ValueOf = (field: Field) => string | null

const valuesIn =
  (state: FormState): ValueOf =>
  (field) => {
    const element = state[field]?.[field]
    return (element?.selected_option?.value ?? element?.value ?? '').trim() || null
  }

function durationAndWhy(file: SallyportFile, person: Person, value: ValueOf) {
  const ticket = value('ticket')
  return {
    duration: value('duration') ?? undefined,
    reason: value('reason') ?? '',
    ticket: ticket === null ? undefined : readTicket(file, person, ticket),
  }
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const fields = read.error.issues.map(({ path, message }): FieldError => ({ pointer: pointerTo(path), detail: message }))
  throw new SallyportError('invalid_request', fields.map(({ detail }) => detail).join('; '), { fields })
}

/** `jira OPS-17`; or the key alone where the rules for the person know one system. */
function readTicket(file: SallyportFile, person: Person, text: string): { readonly system: string; readonly key: string } {
  const [, system, key] = /^([\w-]+)[\s:]+(\S+)$/.exec(text) ?? []
  if (system !== undefined && key !== undefined) return { system, key }
  const systems = [...new Set(rulesFor(file, person).flatMap(({ ticket }) => ticket?.source ?? ticket?.system ?? []))]
  const [only] = systems
  if (only !== undefined && systems.length === 1) return { system: only, key: text }
  const detail = 'Name the system and the key, such as jira OPS-17.'
  throw new SallyportError('invalid_request', detail, { fields: [{ pointer: '/ticket', detail }] })
}

/** Where codes belong that come without a field. */
const fieldOfCode: Readonly<Record<string, Field>> = {
  invalid_arn: 'arn',
  unknown_principal: 'arn',
  unsupported_principal: 'arn',
  permission_set_not_provisioned: 'arn',
  quota_exceeded: 'arn',
  aws_denied: 'arn',
  invalid_duration: 'duration',
  unsupported_path: 'arn',
}

/** The fields of the forms that ask; beside the first of them stands what belongs to no other. */
const fieldsOf = {
  ask: ['database', 'dbUser', 'arn', 'duration', 'reason', 'ticket'],
  extend: ['reason', 'duration', 'ticket'],
} as const satisfies Record<string, readonly Field[]>

/** Access, or more time for it. */
export type AskingForm = keyof typeof fieldsOf

/** The same refusal as the API gives, beside the fields of a form: by their pointers, or else by its code. Pure. */
export function formErrors(error: SallyportError, form: AskingForm): Record<string, string> {
  const given = error.fields.length > 0 ? error.fields : [{ pointer: '', detail: error.message }]
  const placed = given.map(({ pointer, detail }) => {
    const field = fieldOf(pointer) ?? fieldOfCode[error.code]
    return [fieldsOf[form].find((each) => each === field) ?? fieldsOf[form][0], sentence(error, detail)] as const
  })
  return Object.fromEntries(placed)
}

function fieldOf(pointer: string): Field | null {
  if (pointer.endsWith('/dbUser')) return 'dbUser'
  const [, first] = pointer.split('/')
  if (first === 'entitlements') return 'database'
  if (first === 'principal') return 'arn'
  return first === 'duration' || first === 'reason' || first === 'ticket' ? first : null
}

/** The detail of a field may be half a sentence, as `must be at most PT8H`: the whole refusal is said then. */
const sentence = (error: SallyportError, detail: string): string => cut(/^[a-z]/.test(detail) ? error.message : detail, 500)
