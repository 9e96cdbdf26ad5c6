/** A value of a payload as text: numbers are ids of GitHub, or times. Null: it is none. */
export const plainText = (value: unknown): string | null =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
