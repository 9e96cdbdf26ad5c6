export interface Kept<Key, Value> {
  /** Finds something by its key: as it was found before, or by `look`. */
  (key: Key, look: () => Promise<Value | null>): Promise<Value | null>
  /** Has it looked for again by whoever asks next. */
  forget(key: Key): void
}

/**
 * Keeps what is found for at most so many milliseconds, counted from when the looking began, and lets those who ask
 * meanwhile share it. What is not found, and what fails, is looked for again at once. Whatever writes must look again.
 */
export function keptBriefly<Key, Value>(milliseconds: number): Kept<Key, Value> {
  const kept = new Map<Key, { readonly since: number; readonly value: Promise<Value | null> }>()
  const find = async (key: Key, look: () => Promise<Value | null>): Promise<Value | null> => {
    const now = performance.now()
    for (const [other, { since }] of kept) if (now - since >= milliseconds) kept.delete(other)
    const known = kept.get(key)
    if (known !== undefined) return known.value
    const entry = { since: now, value: look() }
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
  return Object.assign(find, { forget: (key: Key) => void kept.delete(key) })
}
