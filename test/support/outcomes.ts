import { Refused } from './client.ts'

/** What several calls at the same moment came to: the status that each that succeeded tells, the code of each refusal. */
export async function outcomes(...calls: readonly Promise<{ status: string }>[]): Promise<string[]> {
  const settled = await Promise.allSettled(calls)
  return settled.map((each) => {
    if (each.status === 'fulfilled') return each.value.status
    if (each.reason instanceof Refused) return each.reason.code
    throw each.reason
  })
}
