/** IAM entities that carry policies. */
export type EntityKind = 'role' | 'user' | 'group'

const inlineQuotas: Readonly<Record<EntityKind, number>> = { role: 10_240, user: 2_048, group: 5_120 }

/**
 * How many counted characters all inline policies of an entity may have together, other people's included; it cannot
 * be raised (docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, "IAM and STS character limits").
 */
export const inlineQuota = (kind: EntityKind): number => inlineQuotas[kind]

/** How many counted characters a managed policy may have (same page). */
export const MANAGED_QUOTA = 6_144

/**
 * How many managed policies an entity may have attached, other people's included (same page). It can be raised for roles
 * and users; counting on it would be counting on what another account may not have.
 */
export const ATTACHED_QUOTA = 10

/** How many versions a managed policy may have (same page). */
export const VERSION_QUOTA = 5
