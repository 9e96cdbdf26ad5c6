/** Something that was found wrong, or that somebody should know of, and what to do about it. */
export interface Finding {
  readonly level: 'error' | 'warning'
  readonly check:
    | 'configuration'
    | 'postgres'
    | 'identity'
    | 'role'
    | 'permissions'
    | 'region'
    | 'identity-center'
    | 'quota'
    | 'clock'
    | 'iam-authentication'
  /** `sallyport.yaml`, `Postgres`, `AWS`, or an account, such as `123456789012 (shop)`. */
  readonly where: string
  readonly what: string
  readonly cure: string
}

/** For findings of one place. */
export const findingsAt = (where: string) => ({
  error: (check: Finding['check'], what: string, cure: string): Finding => ({ level: 'error', check, where, what, cure }),
  warning: (check: Finding['check'], what: string, cure: string): Finding => ({ level: 'warning', check, where, what, cure }),
})

/** At most so many of a list, for people: `a, b, c and 4 more`. */
export function listed(items: readonly string[], most: number): string {
  const more = items.length - most
  return more > 0 ? `${items.slice(0, most).join(', ')} and ${more} more` : items.join(', ')
}
