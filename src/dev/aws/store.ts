import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type AccountState, type State, stateSchema } from './state.ts'

/** What readers of one service still see after a write whose visibility is delayed. */
interface OldView {
  readonly service: string
  readonly state: State
  readsLeft: number
}

/** Each account as JSON, by its 12 digits. */
type Saved = ReadonlyMap<string, string>

/**
 * The stand-in's state, and its file. Changes are all or nothing, and are in the file before they are answered.
 * A change costs what the accounts that it looks at hold, however many others there are.
 */
export class Store {
  readonly #file: string | null
  readonly #state: State
  #saved: Saved
  #oldView: OldView | null = null

  /** Opens the state in `file`, which need not exist yet; null keeps it in memory. Throws if the file holds something else. */
  constructor(file: string | null) {
    this.#file = file
    this.#state = (file === null ? null : read(file)) ?? { accounts: {} }
    this.#saved = new Map(Object.entries(this.#state.accounts).map(([id, account]) => [id, JSON.stringify(account)]))
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
    const touched = new Set<string>()
    try {
      const result = make({ accounts: noting(touched, this.#state.accounts) })
      this.#save(touched)
      if (hiddenFor > 0) this.#hide(service, before, hiddenFor)
      return result
    } catch (error) {
      for (const id of touched) restore(this.#state, id, before.get(id))
      throw error
    }
  }

  /** Renaming is atomic, so a process killed while writing leaves the old file whole. No fsync: surviving a power cut is not asked for. */
  #save(touched: ReadonlySet<string>): void {
    const changed: [string, string][] = []
    for (const id of touched) {
      const text = JSON.stringify(this.#state.accounts[id])
      if (text !== this.#saved.get(id)) changed.push([id, text])
    }
    if (changed.length === 0) return
    const saved = new Map([...this.#saved, ...changed])
    if (this.#file !== null) {
      mkdirSync(dirname(this.#file), { recursive: true })
      writeFileSync(`${this.#file}.new`, print(saved))
      renameSync(`${this.#file}.new`, this.#file)
    }
    this.#saved = saved
  }

  #hide(service: string, before: Saved, reads: number): void {
    const hidden = this.#oldView?.service === service ? this.#oldView : null
    this.#oldView = { service, state: hidden?.state ?? parse(print(before)), readsLeft: Math.max(reads, hidden?.readsLeft ?? 0) }
  }
}

/** The accounts, noting which are looked at: only those can be changed. */
const noting = (touched: Set<string>, accounts: State['accounts']): State['accounts'] =>
  new Proxy(accounts, {
    get: (target, id: string) => {
      if (id in target) touched.add(id)
      return target[id]
    },
    set: (target, id: string, account: AccountState) => {
      touched.add(id)
      target[id] = account
      return true
    },
  })

function restore(state: State, id: string, saved: string | undefined): void {
  if (saved === undefined) delete state.accounts[id]
  else state.accounts[id] = JSON.parse(saved)
}

/** One account a line. */
const print = (saved: Saved): string => `{"accounts":{\n${[...saved].map(([id, account]) => `"${id}":${account}`).join(',\n')}\n}}\n`

const parse = (text: string): State => stateSchema.parse(JSON.parse(text))

function read(file: string): State | null {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Error(`${file} is not a state of the AWS stand-in. Remove it to start with an empty one.`, { cause: error })
  }
}
