import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type State, stateSchema } from './state.ts'

/** What readers of one service still see after a write whose visibility is delayed. */
interface OldView {
  readonly service: string
  readonly state: State
  readsLeft: number
}

/** The stand-in's state, and its file. Changes are all or nothing, and are in the file before they are answered. */
export class Store {
  readonly #file: string | null
  #saved: string
  #state: State
  #oldView: OldView | null = null

  /** Opens the state in `file`, which need not exist yet; null keeps it in memory. Throws if the file holds something else. */
  constructor(file: string | null) {
    this.#file = file
    this.#saved = file === null ? emptyState : (read(file) ?? emptyState)
    this.#state = parse(this.#saved)
  }

  /** Answers from the state as it is, or from the one before a delayed write. */
  read<T>(service: string, look: (state: State) => T): T {
    const view = this.#oldView
    if (view?.service !== service) return look(this.#state)
    view.readsLeft -= 1
    if (view.readsLeft === 0) this.#oldView = null
    return look(view.state)
  }

  /** Answers from the state as it is, whatever readers see. */
  current<T>(look: (state: State) => T): T {
    return look(this.#state)
  }

  /** Makes a change, or none if it throws. The next `hiddenFor` reads of the service do not see it. */
  change<T>(service: string, hiddenFor: number, make: (state: State) => T): T {
    const before = this.#saved
    try {
      const result = make(this.#state)
      this.#save(print(this.#state))
      if (hiddenFor > 0) this.#hide(service, before, hiddenFor)
      return result
    } catch (error) {
      this.#state = parse(before)
      throw error
    }
  }

  /** Renaming is atomic, so a process killed while writing leaves the old file whole. No fsync: surviving a power cut is not asked for. */
  #save(text: string): void {
    if (this.#file !== null && text !== this.#saved) {
      mkdirSync(dirname(this.#file), { recursive: true })
      writeFileSync(`${this.#file}.new`, text)
      renameSync(`${this.#file}.new`, this.#file)
    }
    this.#saved = text
  }

  #hide(service: string, before: string, reads: number): void {
    const hidden = this.#oldView?.service === service ? this.#oldView : null
    this.#oldView = { service, state: hidden?.state ?? parse(before), readsLeft: Math.max(reads, hidden?.readsLeft ?? 0) }
  }
}

const print = (state: State): string => `${JSON.stringify(state, null, 2)}\n`

const parse = (text: string): State => stateSchema.parse(JSON.parse(text))

const emptyState = print({ accounts: {} })

function read(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8')
    parse(text)
    return text
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Error(`${file} is not a state of the AWS stand-in. Remove it to start with an empty one.`, { cause: error })
  }
}
