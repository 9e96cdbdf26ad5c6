import type { ActorRecord } from '../kernel/actor.ts'
import { RefusedCaller } from './refused-caller.ts'

/** With a credential of their own a person acts for themselves. Throws `not_permitted` where they name another. */
export function refuseForAnother(by: ActorRecord, behalfOf: string | undefined): void {
  if (behalfOf === undefined || behalfOf === by.person) return
  throw new RefusedCaller(by, 'not_permitted', `${by.person} can act for nobody else; leave Sallyport-On-Behalf-Of out.`)
}
