/**
 * What lint can find in a policy. An `error` makes it do something else than it says, mostly nothing at all; a
 * `warning` is what it does and perhaps should not. docs/policies.md lists the same codes, and a test holds the two
 * together.
 */
export const findingSeverities = {
  not_json: 'error',
  not_a_policy: 'error',
  too_long: 'error',
  version_missing: 'warning',
  variable_in_old_version: 'error',
  rds_action: 'error',
  action_misspelt: 'error',
  other_actions: 'warning',
  rds_resource: 'error',
  resource_form: 'error',
  partition_impossible: 'error',
  partition_not_of_database: 'error',
  region_impossible: 'error',
  region_not_of_database: 'error',
  account_impossible: 'error',
  account_not_of_database: 'error',
  account_not_of_policy: 'error',
  identifier_for_resource_id: 'error',
  aurora_member: 'error',
  unknown_database: 'warning',
  db_user_impossible: 'error',
  db_user_case: 'error',
  db_user_not_declared: 'warning',
  wildcard_everything: 'warning',
  wildcard_place: 'warning',
  wildcard_resource_id: 'warning',
  wildcard_db_user: 'warning',
  policy_variable: 'warning',
  condition_key_unsupported: 'error',
  allow_not_action: 'warning',
  allow_not_resource: 'warning',
  duplicate_resource: 'warning',
  duplicate_statement: 'warning',
} as const satisfies Record<string, 'error' | 'warning'>

export type FindingCode = keyof typeof findingSeverities

export interface Finding {
  readonly code: FindingCode
  readonly severity: 'error' | 'warning'
  /** A JSON pointer into the policy (RFC 6901). */
  readonly pointer: string
  /** What is wrong with this very text. */
  readonly detail: string
  readonly cure: string
  /** The text to put at `pointer`, where one text alone is right. */
  readonly corrected: string | null
}

/** A finding in the severity of its code. */
export const finding = (code: FindingCode, pointer: string, detail: string, cure: string, corrected: string | null = null): Finding => ({
  code,
  severity: findingSeverities[code],
  pointer,
  detail,
  cure,
  corrected,
})
