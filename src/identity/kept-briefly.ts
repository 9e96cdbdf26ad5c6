/** For how long a process may go by what it looked up before; whatever writes looks again in its transaction. */
const KEPT_MILLISECONDS = 5_000

/**
 * Keeps what `look` finds for at most five seconds, counted from when the looking began, and lets those who
 * ask meanwhile share it. What is not found, and what fails, is looked for again at once.
 */
export function keptBriefly<Key, Value>(look: (key: Key) => Promise<Value | null>): (key: Key) => Promise<Value | null> {
  const kept = new Map<Key, { readonly since: number; readonly value: Promise<Value | null> }>()
  return async (key) => {
    const known = kept.get(key)
    if (known !== undefined && performance.now() - known.since < KEPT_MILLISECONDS) return known.value
    const entry = { since: performance.now(), value: look(key) }
    kept.set(key, entry)
    const forget = () => kept.get(key) === entry && kept.delete(key)
    try {
      const value = await entry.value
      if (value === null) forget()
      return value
    } catch (error) {
      forget()
      throw error
    }
  }
}
