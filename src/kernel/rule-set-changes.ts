/** What one rule set has otherwise than the one before it. Names of rules are as the files have them. */
export interface RuleSetChanges {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** The keys of each that are not what they were. */
  readonly changed: readonly { readonly rule: string; readonly keys: readonly string[] }[]
  /** Whether rules that are in both stand in another order. */
  readonly reordered: boolean
  /** Who can do what that they could not, or no longer: groups as `group dba`, people by their ids. */
  readonly powers: readonly { readonly power: string; readonly gained: readonly string[]; readonly lost: readonly string[] }[]
  readonly people: { readonly added: readonly string[]; readonly removed: readonly string[]; readonly changed: readonly string[] }
  /** The other parts of the file that are not what they were, by their keys. */
  readonly parts: readonly string[]
}
