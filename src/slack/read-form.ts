import type { SallyportFile } from '../config/index.ts'
import type { Person } from '../kernel/actor.ts'
import { type FieldError, SallyportError } from '../kernel/errors.ts'
import { pointerTo } from '../kernel/json-pointer.ts'
import { type Asked, askBody, askedInBody } from '../requests/index.ts'
import { type Field, rulesFor } from './ask-view.ts'
import type { FormState } from './payload.ts'
import { cut } from './rich-text.ts'

/** What somebody filled in, as the API would be asked. Pure. Throws `invalid_request` as the API does. */
export function readForm(file: SallyportFile, person: Person, state: FormState): Asked {
  const value = (field: Field): string | null => {
    const element = state[field]?.[field]
    return (element?.selected_option?.value ?? element?.value ?? '').trim() || null
  }
  const ticket = value('ticket')
  const read = askBody.safeParse({
    principal: value('arn') ?? value('principal') ?? '',
    entitlements: [{ database: value('database') ?? '', dbUser: value('dbUser') ?? '' }],
    path: value('path') ?? 'direct',
    duration: value('duration') ?? undefined,
    reason: value('reason') ?? '',
    ticket: ticket === null ? null : readTicket(file, person, ticket),
  })
  if (read.success) return askedInBody(read.data)
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

/** The same refusal as the API gives, beside the fields of the form: by their pointers, or else by its code. Pure. */
export function formErrors(error: SallyportError): Record<string, string> {
  const fields = error.fields.length > 0 ? error.fields : [{ pointer: '', detail: error.message }]
  const placed = fields.map(
    ({ pointer, detail }) => [fieldOf(pointer) ?? fieldOfCode[error.code] ?? 'database', sentence(error, detail)] as const,
  )
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
