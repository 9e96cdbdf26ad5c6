import type { IamReader } from './iam-reader.ts'
import type { Player } from './player.ts'

export interface Cast {
  readonly developer: Player
  readonly secondDeveloper: Player
  readonly dba: Player
  readonly secondDba: Player
  readonly admin: Player
  readonly iam: IamReader
}

/** Leaves IAM as it found it. */
export interface Story {
  readonly title: string
  play(cast: Cast): Promise<void>
}
