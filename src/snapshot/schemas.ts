import { z } from 'zod'

export const sharedWithSchema = z
  .strictObject({
    summary: z.string().describe('In words.'),
    principals: z.array(
      z.strictObject({
        kind: z.enum(['account', 'role', 'user', 'session', 'service', 'federated', 'everyone', 'everyone-but', 'other', 'unreadable']),
        id: z.string().describe('An ARN, an account, a service, or what else stands in the trust policy.'),
        conditional: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'SharedWith' })

export const unmanagedAccessWarning = z
  .strictObject({
    code: z.literal('unmanaged_access'),
    detail: z.string().describe('In words.'),
    resource: z.string().describe('The ARN of the database user.'),
    conditional: z.boolean().describe('Whether it depends on conditions of the policies.'),
    through: z.array(z.string()).describe('The policies and statements that allow it.'),
  })
  .meta({ id: 'UnmanagedAccessWarning' })
