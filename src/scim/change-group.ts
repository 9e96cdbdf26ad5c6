import type { Tx } from '../db/index.ts'
import type { Caller } from '../identity/index.ts'
import { type Id, isId } from '../kernel/ids.ts'
import { directoryChange } from './directory-change.ts'
import { patchGroup, readPatch } from './patch.ts'
import { named, readGroup, readMembers } from './read-resource.ts'
import { type GroupAttributes, refuse, type ScimGroup, type ScimParts } from './scim.ts'
import { deleteGroup, findGroup, insertGroup, isGroupName, notUsers, updateGroup } from './scim-group-store.ts'

interface Wanted {
  readonly group: GroupAttributes
  readonly members: readonly Id<'scu'>[]
}

/** Takes a group that an identity provider pushes for the first time. Throws `invalid_request`, `scim_conflict`, and what directoryChange throws. */
export const createGroup =
  (parts: ScimParts) =>
  (caller: Caller, sent: unknown): Promise<ScimGroup> => {
    const { group, members } = read(sent)
    return directoryChange(parts, caller, async (tx, actor) => {
      await refuseUnusable(tx, { group, members }, null)
      const id = await insertGroup(tx, group, members, actor)
      return { answer: await existingGroup(tx, id, true), people: [] }
    })
  }

/** Makes a group what is sent. Throws the same, and `scim_not_found`. */
export const replaceGroup =
  (parts: ScimParts) =>
  (caller: Caller, id: string, sent: unknown): Promise<ScimGroup> => {
    const wanted = read(sent)
    return changeGroup(parts, caller, id, () => wanted)
  }

/** Changes parts of a group, such as some of its members. Throws the same, and `invalid_path`. */
export const modifyGroup =
  (parts: ScimParts) =>
  (caller: Caller, id: string, sent: unknown): Promise<ScimGroup> => {
    const changes = readPatch(sent)
    return changeGroup(parts, caller, id, ({ displayName, externalId, members }) => {
      const patched = patchGroup(
        { displayName, externalId },
        (members ?? []).map(({ value }) => value),
        changes,
      )
      return { group: readGroup(patched.group), members: [...patched.members] }
    })
  }

export const removeGroup =
  (parts: ScimParts) =>
  (caller: Caller, id: string): Promise<void> =>
    directoryChange(parts, caller, async (tx, actor) => {
      await deleteGroup(tx, await existingGroup(tx, id, false), actor)
      return { answer: undefined, people: [] }
    })

const changeGroup = (parts: ScimParts, caller: Caller, id: string, change: (before: ScimGroup) => Wanted): Promise<ScimGroup> =>
  directoryChange(parts, caller, async (tx, actor) => {
    const before = await existingGroup(tx, id, true)
    const wanted = change(before)
    await refuseUnusable(tx, wanted, before.id)
    await updateGroup(tx, before, wanted.group, wanted.members, actor)
    return { answer: await existingGroup(tx, before.id, true), people: [] }
  })

const read = (sent: unknown): Wanted => ({ group: readGroup(sent), members: readMembers(named(sent, ['members'])['members']) })

async function refuseUnusable(tx: Tx, { group, members }: Wanted, but: Id<'scg'> | null): Promise<void> {
  if (await isGroupName(tx, group.displayName, but))
    throw refuse('scim_conflict', `There is a group named ${JSON.stringify(group.displayName)}.`)
  const unknown = await notUsers(tx, members)
  if (unknown.length > 0)
    throw refuse('invalid_request', `There is no user ${unknown.join(', ')}; push users before the groups that they are in.`)
}

/** A group by what stands in the address. Throws `scim_not_found`. */
export async function existingGroup(reader: Pick<Tx, 'prisma'>, id: string, withMembers: boolean): Promise<ScimGroup> {
  const group = isId('scg', id) ? await findGroup(reader, id, withMembers) : null
  if (group === null) throw refuse('scim_not_found', `There is no group ${id}.`)
  return group
}
