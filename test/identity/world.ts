import { type LoadedFile, readYaml } from '../../src/config/index.ts'
import type { ActorRecord } from '../../src/kernel/actor.ts'

export const operator: ActorRecord = { kind: 'system', person: null, credential: 'cli', via: 'cli' }

interface Listed {
  readonly id: string
  readonly username?: string
  readonly groups?: readonly string[]
}

/** A sallyport.yaml of these people; `admins` and `auditors` are groups. */
export const fileOf = (people: readonly Listed[], who: { readonly admins?: string; readonly auditors?: string } = {}): LoadedFile =>
  readYaml(
    JSON.stringify({
      people,
      ...(who.admins === undefined ? {} : { admins: { groups: [who.admins] } }),
      ...(who.auditors === undefined ? {} : { auditors: { groups: [who.auditors] } }),
    }),
    'sallyport.yaml',
  )

export const declareNothing = async (): Promise<void> => {}
