import { setTimeout as delay } from 'node:timers/promises'

/** One thing that somebody does, and what is to be printed of it once it went as it should. */
export interface Step {
  readonly who: string
  readonly what: string
}

/** A step that did not go as it should. */
export class Amiss extends Error {
  constructor(step: Step, cause: unknown) {
    super(`${step.who} ${step.what}\n  ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = 'Amiss'
  }
}

/** Where the stories are played: it prints each step that went well, and stops at the first that did not. */
export interface Stage {
  /** Does a step; what the work answers as `outcome` is printed behind it, and `below` beneath. Throws Amiss. */
  step<T>(step: Step, work: () => Promise<Played<T>>): Promise<T>
}

export interface Played<T> {
  readonly result: T
  readonly outcome?: string
  readonly below?: readonly string[]
}

const INDENT = 16

export const createStage = (print: (line: string) => void): Stage => ({
  step: async (step, work) => {
    try {
      const { result, outcome = '', below = [] } = await work()
      print(`   ${step.who.padEnd(INDENT - 3)}${step.what}${outcome}`)
      for (const line of below) print(`${' '.repeat(INDENT)}${line}`)
      return result
    } catch (error) {
      throw new Amiss(step, error)
    }
  },
})

/** Throws unless both are equal, as JSON. */
export function expectEqual(what: string, found: unknown, wanted: unknown): void {
  const [shown, expected] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (shown !== expected) throw new Error(`${what}: expected ${expected}, found ${shown}`)
}

/** Milliseconds: long for a busy machine, short for a person who waits. */
const PATIENCE = 30_000

/** Looks until what it sees is as wished; throws with `describe` of the last look when patience ends. */
export async function until<T>(look: () => Promise<T>, wished: (seen: T) => boolean, describe: (seen: T) => string): Promise<T> {
  const deadline = performance.now() + PATIENCE
  for (;;) {
    const seen = await look()
    if (wished(seen)) return seen
    if (performance.now() > deadline) throw new Error(`still not so after ${PATIENCE / 1000} s: ${describe(seen)}`)
    await delay(25)
  }
}
