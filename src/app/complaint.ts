import { ConfigError } from '../config/index.ts'
import { SallyportError } from '../kernel/errors.ts'

/** Says what went wrong, without a stack trace, and answers the exit code: 2 for configuration and usage, 1 for the rest. */
export function complaint(error: unknown, say: (text: string) => void): 1 | 2 {
  if (error instanceof ConfigError) {
    say(error.message)
    return 2
  }
  if (error instanceof SallyportError) {
    say(error.message)
    return error.status < 500 ? 2 : 1
  }
  say(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
  return 1
}
