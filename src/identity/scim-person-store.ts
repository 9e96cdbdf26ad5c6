import type { Tx } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'

/** What a person is called by SCIM. */
export interface PushedNames {
  readonly userName: string
  readonly displayName: string
}

/** The characters that an id can have; one that was anybody's is never given again. */
const idForm = /^[\w.@+-]{1,100}$/
/** What a user name can be: the rules put it into patterns letter by letter, and no pattern has one with `/` or `:`. */
const usernameForm = /^[^\p{Cc}\p{Cs}:/]{1,64}$/u

/**
 * The person whose user SCIM pushes for the first time: the one whom sallyport.yaml lists with this user name, or a new one. Theirs
 * is the user name as id, if nobody ever had it, or one that is made. Throws `scim_conflict` if the one listed has a user.
 */
export async function personFor(tx: Tx, names: PushedNames, active: boolean): Promise<string> {
  const [listed] = await tx.prisma.$queryRaw<{ id: string; has: boolean }[]>`
    select p.id, exists (select from scim_user u where u.person_id = p.id and u.deleted_at is null) as has
    from person p where p.declared and p.username = ${names.userName}`
  if (listed?.has === true) throw new SallyportError('scim_conflict', `${listed.id} of sallyport.yaml is another user here already.`)
  if (listed !== undefined) return listed.id
  const taken = await tx.prisma.$queryRaw<unknown[]>`select from person where id = ${names.userName}`
  const id = idForm.test(names.userName) && taken.length === 0 ? names.userName : newId('prs')
  const username = await freeUsername(tx, id, names.userName)
  await tx.prisma.$executeRaw`
    insert into person (id, username, display_name, active) values (${id}, ${username}, ${names.displayName}, ${active})`
  return id
}

/**
 * Has a person called as SCIM calls them now; one whom sallyport.yaml lists stays as it says. Throws `scim_conflict` where the
 * user name is that of somebody else who is listed.
 */
export async function renamePerson(tx: Tx, id: string, names: PushedNames): Promise<void> {
  const [listed] = await tx.prisma.$queryRaw<{ id: string }[]>`
    select id from person where declared and username = ${names.userName} and id <> ${id}`
  if (listed !== undefined)
    throw new SallyportError('scim_conflict', `${names.userName} is the user name of ${listed.id} in sallyport.yaml.`)
  const username = await freeUsername(tx, id, names.userName)
  await tx.prisma.$executeRaw`
    update person set username = ${username}, display_name = ${names.displayName} where id = ${id} and not declared`
}

/** The user name, taken from whoever had it and left; the id where it has no such form, or somebody has it who is here. */
async function freeUsername(tx: Tx, id: string, userName: string): Promise<string> {
  if (!usernameForm.test(userName)) return id
  await tx.prisma.$executeRaw`
    update person set username = 'formerly:' || id where username = ${userName} and id <> ${id} and not active and not declared
      and not exists (select from scim_user u where u.person_id = person.id and u.deleted_at is null)`
  const held = await tx.prisma.$queryRaw<unknown[]>`select from person where username = ${userName} and id <> ${id}`
  return held.length === 0 ? userName : id
}
