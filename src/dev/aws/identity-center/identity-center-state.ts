import { z } from 'zod'

const permissionSet = z.strictObject({
  arn: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  sessionDuration: z.string(),
  relayState: z.string().nullable(),
  created: z.iso.datetime(),
  inlinePolicy: z.string().nullable(),
  /** Customer managed policies, looked up by name and path in each account. */
  references: z.array(z.strictObject({ name: z.string(), path: z.string() })),
  /** ARNs of AWS's own policies. */
  managed: z.array(z.string()),
  /** Counts the changes, so that it can be told in which accounts the last one is not yet. */
  revision: z.int(),
  provisioned: z.array(z.strictObject({ account: z.string(), role: z.string(), revision: z.int() })),
})

const principal = { principalType: z.enum(['USER', 'GROUP']), principalId: z.string() }

const assignment = z.strictObject({ account: z.string(), permissionSet: z.string(), ...principal })

/** Work that goes on after its call was answered. */
const work = z.strictObject({
  id: z.string(),
  kind: z.enum(['provision', 'assign', 'unassign']),
  status: z.enum(['IN_PROGRESS', 'SUCCEEDED', 'FAILED']),
  failure: z.string().nullable(),
  created: z.iso.datetime(),
  /** How many calls have come since. */
  calls: z.int(),
  permissionSet: z.string(),
  accounts: z.array(z.string()),
  principal: z.strictObject(principal).nullable(),
})

export const identityCenterSchema = z.strictObject({
  region: z.string(),
  arn: z.string(),
  identityStoreId: z.string(),
  created: z.iso.datetime(),
  permissionSets: z.array(permissionSet),
  assignments: z.array(assignment),
  work: z.array(work),
  users: z.array(z.strictObject({ id: z.string(), userName: z.string(), displayName: z.string() })),
  groups: z.array(
    z.strictObject({ id: z.string(), displayName: z.string(), members: z.array(z.strictObject({ id: z.string(), user: z.string() })) }),
  ),
})

export type IdentityCenter = z.infer<typeof identityCenterSchema>
export type PermissionSet = z.infer<typeof permissionSet>
export type Assignment = z.infer<typeof assignment>
export type Work = z.infer<typeof work>
