/** Three-valued logic (Kleene's): `unknown` is what would be yes in some requests and no in others. */
export type Truth = 'yes' | 'no' | 'unknown'

export const truth = (known: boolean): Truth => (known ? 'yes' : 'no')

export const not = (value: Truth): Truth => (value === 'unknown' ? value : truth(value === 'no'))

/** Yes for none. */
export function every(values: Iterable<Truth>): Truth {
  let result: Truth = 'yes'
  for (const value of values) {
    if (value === 'no') return 'no'
    if (value === 'unknown') result = 'unknown'
  }
  return result
}

/** No for none. */
export function some(values: Iterable<Truth>): Truth {
  let result: Truth = 'no'
  for (const value of values) {
    if (value === 'yes') return 'yes'
    if (value === 'unknown') result = 'unknown'
  }
  return result
}
