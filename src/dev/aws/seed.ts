import { z } from 'zod'
import { administratorOf } from './caller.ts'
import { contextOf } from './dispatch.ts'
import { operationOf } from './operation.ts'
import type { Store } from './store.ts'

const seedCall = z.strictObject({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
  service: z.enum(['iam', 'rds', 'sso', 'identitystore']),
  action: z.string().min(1),
  /** As the protocol of the service has them: form fields such as `Tags.Tag.1.Key`, or JSON. */
  parameters: z.record(z.string(), z.unknown()),
})

export const seedSchema = z.array(seedCall)

export type SeedCall = z.infer<typeof seedCall>

/** Makes calls as their accounts' administrators, all in one change. Throws the Refusal of the first that is refused. */
export function seed(store: Store, calls: readonly SeedCall[]): void {
  store.change('seed', 0, (state) => {
    for (const { account, region, service, action, parameters } of calls) {
      const operation = operationOf({ accessKeyId: account, region, service }, action, parameters)
      operation.run(contextOf(operation, administratorOf(account, region), state))
    }
  })
}
