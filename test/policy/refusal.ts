import { SallyportError } from '../../src/kernel/errors.ts'

/** The code and detail with which a call is refused; null if it is not. Any other error is a fault, and is thrown on. */
export function refusal(call: () => unknown): { code: string; detail: string } | null {
  try {
    call()
    return null
  } catch (error) {
    if (error instanceof SallyportError) return { code: error.code, detail: error.message }
    throw error
  }
}
