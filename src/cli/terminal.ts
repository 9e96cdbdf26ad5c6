import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { type Environment, loadEnvironment } from '../config/index.ts'
import { Refusal } from './failure.ts'

/** What a command has of the world: what it reads, where it speaks, and time. */
export interface Terminal {
  /** Read when a command begins; throws a ConfigError. */
  readonly environment: () => Environment<'people'>
  /** To standard output: what was asked for. */
  readonly say: (text: string) => void
  /** To standard error: what goes on meanwhile, and what went wrong. */
  readonly tell: (text: string) => void
  /** Replaces the line that was told last, where that is possible. */
  readonly update: (text: string) => void
  /** Asks the person; null where nobody can be asked. */
  readonly ask: ((question: string) => Promise<string>) | null
  /** All of standard input. */
  readonly read: () => Promise<string>
  /** Whether standard output shows colours. */
  readonly isColored: boolean
  readonly now: () => Date
  /** In milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>
  readonly exit: (code: 0 | 1 | 2) => void
}

/** The terminal of this process. */
export function processTerminal(exit: Terminal['exit']): Terminal {
  let isLive = false
  /** Takes the line away that was there only for the time being. */
  const settle = (): void => {
    if (isLive) process.stderr.write(ERASE)
    isLive = false
  }
  return {
    environment: () => loadEnvironment('people'),
    say: (said) => {
      settle()
      process.stdout.write(`${said}\n`)
    },
    tell: (text) => {
      settle()
      process.stderr.write(`${text}\n`)
    },
    update: (text) => {
      isLive = process.stderr.isTTY
      process.stderr.write(isLive ? `${ERASE}${text}` : `${text}\n`)
    },
    get ask() {
      return process.stdin.isTTY && process.stderr.isTTY ? askPerson : null
    },
    read: () => text(process.stdin),
    get isColored() {
      return process.stdout.isTTY && loadEnvironment('people').color
    },
    now: () => new Date(),
    pause: (milliseconds) => pause(milliseconds),
    exit,
  }
}

/** What stands on the line of the cursor (ECMA-48). */
const ERASE = '\r\u001b[2K'

/** On standard error, so that standard output holds nothing but the answer. */
async function askPerson(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await lines.question(`${question} `)
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw new Refusal('\nStopped; nothing was asked for.') // Ctrl-C, Ctrl-D
    throw error
  } finally {
    lines.close()
  }
}
