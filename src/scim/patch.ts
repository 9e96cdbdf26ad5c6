import { z } from 'zod'
import type { Id } from '../kernel/ids.ts'
import { type Path, readPath } from './read-path.ts'
import { type Attributes, memberId, named, readMembers } from './read-resource.ts'
import { refuse } from './scim.ts'

/** One thing to change; an operation without a path is one for each attribute of its value. */
interface Change {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path: Path
  readonly value: unknown
}

const ops = ['add', 'replace', 'remove'] as const
const operation = z.object({ op: z.string(), path: z.string().nullish(), value: z.unknown().optional() })
const MOST_OPERATIONS = 1_000

/**
 * Reads a PATCH (RFC 7644, 3.5.2) in the forms that identity providers send: `op` in any case, with or without a path. Throws
 * `invalid_request`, `invalid_path`.
 */
export function readPatch(sent: unknown): readonly Change[] {
  const list = named(sent, ['Operations'])['Operations']
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_OPERATIONS)
    throw refuse('invalid_request', `Operations must be a list of 1 to ${MOST_OPERATIONS} operations.`)
  return list.flatMap((each: unknown) => {
    const read = operation.safeParse(named(each, ['op', 'path', 'value']))
    const op = read.success ? ops.find((known) => known === read.data.op.toLowerCase()) : undefined
    if (!read.success || op === undefined) throw refuse('invalid_request', 'op must be add, replace or remove, and path a text.')
    const { path, value } = read.data
    if (path != null) return [{ op, path: readPath(path), value }]
    if (op === 'remove') throw refuse('invalid_path', 'What is removed must be named by a path.')
    return Object.entries(named(value, [])).map(([name, part]) => ({ op, path: readPath(name), value: part }))
  })
}

/** A user with these changes, to be read again by `readUser`; what nobody knows stays out. Throws `invalid_request`. Pure. */
export function patchUser(user: Attributes, changes: readonly Change[]): Attributes {
  const current: Record<string, unknown> = { ...user }
  for (const change of changes) {
    const attribute = Object.keys(user).find((name) => name.toLowerCase() === change.path.attribute.toLowerCase())
    if (attribute !== undefined) current[attribute] = changed(attribute, current[attribute], change)
  }
  return current
}

function changed(attribute: string, before: unknown, change: Change): unknown {
  const { op, path, value } = change
  if (attribute === 'emails') return changedEmails(Array.isArray(before) ? before : [], change)
  if (op === 'remove' && ['userName', 'active'].includes(attribute)) throw refuse('invalid_request', `${attribute} cannot be removed.`)
  if (attribute !== 'name') return op === 'remove' ? null : value
  const name = named(before ?? {}, [])
  if (path.part !== null) return { ...name, [part(path.part)]: op === 'remove' ? null : value }
  return op === 'remove' ? null : op === 'add' ? { ...name, ...named(value, nameParts) } : value
}

const nameParts = ['formatted', 'givenName', 'familyName']
const part = (text: string): string =>
  [...nameParts, 'value', 'type', 'primary'].find((name) => name.toLowerCase() === text.toLowerCase()) ?? text

function changedEmails(before: readonly unknown[], { op, path, value }: Change): unknown {
  const { where } = path
  if (where === null) {
    if (op === 'remove') return []
    const given: unknown[] = Array.isArray(value) ? value : [value]
    return op === 'add' ? [...before, ...given] : given
  }
  const matches = (email: unknown) => String(named(email, [])[part(where.attribute)]).toLowerCase() === where.value.toLowerCase()
  if (op === 'remove' && path.part === null) return before.filter((email) => !matches(email))
  const news = path.part === null ? named(value, []) : { [part(path.part)]: op === 'remove' ? null : value }
  if (before.some(matches)) return before.map((email) => (matches(email) ? { ...named(email, []), ...news } : email))
  return op === 'remove' ? before : [...before, { [part(where.attribute)]: where.value, ...news }]
}

/** A group with its members after these changes. Throws as above. Pure. */
export function patchGroup(
  group: Attributes,
  members: readonly Id<'scu'>[],
  changes: readonly Change[],
): { readonly group: Attributes; readonly members: ReadonlySet<Id<'scu'>> } {
  const current = new Set(members)
  const attributes: Record<string, unknown> = { ...group }
  for (const change of changes) {
    const attribute = [...Object.keys(group), 'members'].find((name) => name.toLowerCase() === change.path.attribute.toLowerCase())
    if (attribute === 'members') changeMembers(current, change)
    else if (attribute !== undefined) attributes[attribute] = change.op === 'remove' ? null : change.value
  }
  return { group: attributes, members: current }
}

function changeMembers(members: Set<Id<'scu'>>, { op, path: { where }, value }: Change): void {
  if (where !== null) {
    if (op !== 'remove' || where.attribute.toLowerCase() !== 'value')
      throw refuse('invalid_path', 'Single members are named to be removed, by their value.')
    members.delete(memberId(where.value))
    return
  }
  const named = readMembers(value)
  // Entra ID names whom it removes in the value; without one, all are (RFC 7644, 3.5.2.2).
  if (op === 'replace' || (op === 'remove' && value == null)) members.clear()
  for (const member of named) {
    if (op === 'remove') members.delete(member)
    else members.add(member)
  }
}
