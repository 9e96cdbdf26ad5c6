import type { SallyportFile } from '../config/index.ts'
import type { ActorRecord, Person } from '../kernel/actor.ts'
import { type Caller, type Credential, callerIn } from './caller.ts'
import { RefusedCaller } from './refused-caller.ts'

/** Somebody with a credential of their own, which acts for them and for nobody else; admin or auditor as the file has it. Pure. */
export function ownCaller(
  file: SallyportFile,
  person: Person,
  { id, via, scopes, expiresAt }: Pick<Credential, 'id' | 'via' | 'scopes' | 'expiresAt'>,
): Caller {
  const own = { mayActFor: 'itself', decideGroups: [], ownerId: person.id, secretHash: null } as const
  return callerIn(file, {
    actor: { kind: 'person', person, credential: id, via },
    credential: { id, via, scopes, expiresAt, ...own },
    isAdmin: false,
    isAuditor: false,
  })
}

/** With a credential of their own a person acts for themselves. Throws `not_permitted` where they name another. */
export function refuseForAnother(by: ActorRecord, behalfOf: string | undefined): void {
  if (behalfOf === undefined || behalfOf === by.person) return
  throw new RefusedCaller(by, 'not_permitted', `${by.person} can act for nobody else; leave Sallyport-On-Behalf-Of out.`)
}
