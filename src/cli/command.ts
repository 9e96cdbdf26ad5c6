import { Command } from 'commander'
import type { Sallyport } from '../client/index.ts'
import { printJson } from './clean.ts'
import { failure } from './failure.ts'
import { openSession } from './session.ts'
import type { Terminal } from './terminal.ts'

/** What a command that calls the service works with. */
export interface Call {
  readonly sallyport: Sallyport
  readonly terminal: Terminal
  /** Prints an answer: as JSON where that was asked for, or else in words. */
  readonly print: (answer: unknown, words: () => string) => void
  /** Whether JSON was asked for. */
  readonly json: boolean
}

/** Runs a command's work, says what went wrong, and sets the exit code. */
export const doing =
  <Args extends readonly unknown[]>(terminal: Terminal, work: (...args: Args) => Promise<unknown>) =>
  async (...args: Args): Promise<void> => {
    try {
      await work(...args)
    } catch (error) {
      const { text, exitCode } = failure(error)
      terminal.tell(text)
      terminal.exit(exitCode)
    }
  }

/** The same for a command that calls the service; its last two arguments are commander's options and command. */
export const calling = <Args extends readonly unknown[], Options extends { readonly json?: boolean }>(
  terminal: Terminal,
  work: (call: Call, options: Options, ...args: Args) => Promise<unknown>,
) =>
  doing(terminal, async (...given: readonly unknown[]) => {
    const command = given.at(-1)
    if (!(command instanceof Command)) throw new Error('commander gives the command last')
    const options: Options = command.opts()
    const json = options.json === true
    const sallyport = await openSession(terminal, { raw: json })
    const print = (answer: unknown, words: () => string) => terminal.say(json ? printJson(answer) : words())
    // Commander gives as many arguments as the command declares; each command says their types beside their names.
    await work({ sallyport, terminal, print, json }, options, ...(given.slice(0, -2) as unknown as Args))
  })

/** A command for people on a program, with examples of its use. */
export const personal = (program: Command, usage: string, description: string, ...examples: readonly string[]): Command =>
  program
    .command(usage)
    .description(description)
    .option('--json', 'the answer of the API as JSON')
    .addHelpText('after', `\n${examples.map((example) => `  $ sallyport ${example}`).join('\n')}`)
