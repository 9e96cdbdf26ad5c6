import type { IamEntity } from '../aws/index.ts'
import type { LeasedTarget } from '../grants/index.ts'

/** A target in IAM's terms. */
export const entityOf = ({ kind, name }: Pick<LeasedTarget, 'kind' | 'name'>): IamEntity => ({
  kind: kind === 'access_role' ? 'role' : kind,
  name,
})
