const quotas = { role: 10_240, user: 2_048 } as const

/**
 * How many counted characters all inline policies of an entity may have together, other people's included; it cannot
 * be raised (docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, "IAM and STS character limits").
 */
export const inlineQuota = (kind: 'role' | 'user'): number => quotas[kind]
