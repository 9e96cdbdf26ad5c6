import type { IamEntity } from '../aws/index.ts'
import type { LeasedPermissionSet, LeasedTarget } from '../grants/index.ts'

/** A target in IAM's terms. */
export const entityOf = ({ kind, name }: Pick<Exclude<LeasedTarget, LeasedPermissionSet>, 'kind' | 'name'>): IamEntity => ({
  kind: kind === 'access_role' ? 'role' : kind,
  name,
})
