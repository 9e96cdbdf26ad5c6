import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { addPersonalCommands } from '../../../src/cli/index.ts'
import { loadEnvironment } from '../../../src/config/index.ts'

export interface Run {
  readonly out: string
  readonly err: string
  readonly code: number
  readonly questions: readonly string[]
  /** How long it wanted to wait each time, in milliseconds. */
  readonly pauses: readonly number[]
}

export interface World {
  readonly env?: NodeJS.ProcessEnv
  /** What the person answers, in turn; without it there is nobody to ask. */
  readonly answers?: readonly string[]
  /** What stands on standard input. */
  readonly input?: string
  /** What happens while the command waits. */
  readonly meanwhile?: () => unknown
  /** Hears what is said on standard error, as it is said. */
  readonly hears?: (text: string) => unknown
  readonly isColored?: boolean
}

/** Runs a command of people as main.ts does, in this process. */
export async function run(
  args: readonly string[],
  { env = {}, answers, input = '', meanwhile, hears, isColored = false }: World = {},
): Promise<Run> {
  const seen = { out: '', err: '', code: 0, questions: [] as string[], pauses: [] as number[] }
  const out = (text: string): void => {
    seen.out += text
  }
  const err = (text: string): void => {
    seen.err += text
    hears?.(text)
  }
  const left = [...(answers ?? [])]
  let time = Date.now()
  const program = new Command('sallyport').exitOverride().configureOutput({ writeOut: (text) => out(text), writeErr: (text) => err(text) })
  addPersonalCommands(program, {
    environment: () => loadEnvironment('people', { XDG_CONFIG_HOME: join(tmpdir(), 'sallyport-no-login'), ...env }),
    say: (text) => out(`${text}\n`),
    tell: (text) => err(`${text}\n`),
    update: (text) => err(`${text}\n`),
    ask:
      answers === undefined
        ? null
        : async (question) => {
            seen.questions.push(question)
            const answer = left.shift()
            if (answer === undefined) throw new Error(`nobody was to be asked ${question}`)
            return answer
          },
    read: async () => input,
    isColored,
    now: () => new Date(time),
    pause: async (milliseconds) => {
      seen.pauses.push(milliseconds)
      time += milliseconds
      await meanwhile?.()
    },
    exit: (code) => {
      seen.code = code
    },
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    seen.code = error.exitCode === 0 ? 0 : 2
  }
  return seen
}
