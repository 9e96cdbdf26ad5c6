/**
 * Compares this machine's clock with AWS's by the Date header of answers, refusals included: a signature made by a clock
 * that is some minutes wrong is refused, and the SDK then corrects itself without a word.
 */
export function clockWatch() {
  let ahead: number | null = null
  return {
    ahead: () => ahead,
    place: { step: 'deserialize', priority: 'low', name: 'sallyportClockWatch' } as const, // next to the connection
    middleware:
      <Args, Result extends { response: unknown }>(next: (args: Args) => Promise<Result>) =>
      async (args: Args): Promise<Result> => {
        const sent = Date.now()
        const result = await next(args)
        const received = Date.now()
        const date = dateOf(result.response)
        // The header has whole seconds, cut off: on average it is half a second behind.
        if (date !== null) ahead = Math.round(date + 500 - (sent + received) / 2)
        return result
      },
  }
}

/** Milliseconds since 1970. */
function dateOf(response: unknown): number | null {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return null
  const { headers } = response
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return null
  const date = Date.parse(String(headers.date))
  return Number.isNaN(date) ? null : date
}
