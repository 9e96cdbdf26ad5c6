import type { Tx } from '../db/index.ts'
import { type Caller, personFor, renamePerson } from '../identity/index.ts'
import { type Id, isId } from '../kernel/ids.ts'
import { directoryChange } from './directory-change.ts'
import { patchUser, readPatch } from './patch.ts'
import { readUser } from './read-resource.ts'
import { refuse, type ScimParts, type ScimUser, type UserAttributes } from './scim.ts'
import { deleteUser, findUser, insertUser, isUserName, updateUser } from './scim-user-store.ts'

/** Takes a user that an identity provider pushes for the first time. Throws `invalid_request`, `scim_conflict`, and what directoryChange throws. */
export const createUser =
  (parts: ScimParts) =>
  (caller: Caller, sent: unknown): Promise<ScimUser> => {
    const user = readUser(sent)
    return directoryChange(parts, caller, async (tx, actor) => {
      await refuseTaken(tx, user.userName, null)
      const personId = await personFor(tx, namesOf(user), user.active)
      const id = await insertUser(tx, personId, user, actor)
      return { answer: await existing(tx, id), people: [personId] }
    })
  }

/** Makes a user what is sent. Throws the same, and `scim_not_found`. */
export const replaceUser =
  (parts: ScimParts) =>
  (caller: Caller, id: string, sent: unknown): Promise<ScimUser> => {
    const user = readUser(sent)
    return changeUser(parts, caller, id, () => user)
  }

/** Changes parts of a user. Throws the same, and `invalid_path`. */
export const modifyUser =
  (parts: ScimParts) =>
  (caller: Caller, id: string, sent: unknown): Promise<ScimUser> => {
    const changes = readPatch(sent)
    return changeUser(parts, caller, id, ({ userName, externalId, active, profile }) =>
      readUser(patchUser({ userName, externalId, active, ...profile }, changes)),
    )
  }

/** Deletes a user: their person leaves. One pushed again under the same name is another person. */
export const removeUser =
  (parts: ScimParts) =>
  (caller: Caller, id: string): Promise<void> =>
    directoryChange(parts, caller, async (tx, actor) => {
      const user = await existing(tx, id)
      await deleteUser(tx, user, actor)
      return { answer: undefined, people: [user.personId] }
    })

const changeUser = (parts: ScimParts, caller: Caller, id: string, change: (before: ScimUser) => UserAttributes): Promise<ScimUser> =>
  directoryChange(parts, caller, async (tx, actor) => {
    const before = await existing(tx, id)
    const user = change(before)
    await refuseTaken(tx, user.userName, before.id)
    await updateUser(tx, before, user, actor)
    await renamePerson(tx, before.personId, namesOf(user))
    return { answer: await existing(tx, before.id), people: [before.personId] }
  })

async function refuseTaken(tx: Tx, userName: string, but: Id<'scu'> | null): Promise<void> {
  if (await isUserName(tx, userName, but)) throw refuse('scim_conflict', `There is a user named ${JSON.stringify(userName)}.`)
}

/** A user by what stands in the address. Throws `scim_not_found`. */
export async function existing(reader: Pick<Tx, 'prisma'>, id: string): Promise<ScimUser> {
  const user = isId('scu', id) ? await findUser(reader, id) : null
  if (user === null) throw refuse('scim_not_found', `There is no user ${id}.`)
  return user
}

function namesOf({ userName, profile: { displayName, name } }: UserAttributes) {
  const parts = [name?.['givenName'], name?.['familyName']].filter((part) => part !== undefined).join(' ')
  return { userName, displayName: (displayName ?? name?.['formatted'] ?? (parts || userName)).slice(0, 200) }
}
