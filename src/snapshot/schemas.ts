import { z } from 'zod'
import type { SharedWith } from './shared-with.ts'
import type { UnmanagedAccess } from './unmanaged-access.ts'

export const sharedWithSchema = z
  .strictObject({
    summary: z.string().describe('In words.'),
    principals: z.array(
      z.strictObject({
        kind: z.enum([
          'account',
          'role',
          'user',
          'session',
          'service',
          'federated',
          'everyone',
          'everyone-but',
          'identity-center-user',
          'identity-center-group',
          'other',
          'unreadable',
        ]),
        id: z
          .string()
          .describe(
            'An ARN, an account, a service, or what else stands in the trust policy; of Identity Center the id in its identity store.',
          ),
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

/** The wire form of who can use a principal. */
export const printSharedWith = ({ summary, principals }: SharedWith): z.infer<typeof sharedWithSchema> => ({
  summary,
  principals: principals.map((principal) => ({ ...principal })),
})

/** The wire form of a warning that Sallyport is not the only door. */
export function printUnmanaged({ resource, conditional, through }: UnmanagedAccess): z.infer<typeof unmanagedAccessWarning> {
  const how = conditional ? 'can, under conditions, also connect' : 'can also connect'
  const detail = `The principal ${how} by policies that are not Sallyport’s (${through.join('; ')}): revoking would not close the door.`
  return { code: 'unmanaged_access', detail, resource, conditional, through: [...through] }
}
