import { z } from 'zod'

const which = {
  /** The action it applies to, e.g. `PutRolePolicy`; `*` is every action. */
  action: z.string().min(1),
  /** For how many calls; null means until cleared. */
  times: z.int().positive().nullable().default(null),
}

/**
 * What can be made to go wrong.
 * - `error`: the call is refused with this code and status, and has no effect.
 * - `lost-request`: the connection breaks before the call has an effect.
 * - `lost-answer`: the call has its effect, then the connection breaks.
 * - `delayed-visibility`: the call has its effect, which the next reads of the service do not show. Writes only.
 */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...which,
    kind: z.literal('error'),
    code: z.string().regex(/^\w+$/),
    status: z.int().min(400).max(599),
    message: z.string().default('Made to fail by the stand-in'),
  }),
  z.strictObject({ ...which, kind: z.literal('lost-request') }),
  z.strictObject({ ...which, kind: z.literal('lost-answer') }),
  z.strictObject({ ...which, kind: z.literal('delayed-visibility'), reads: z.int().positive() }),
])

export type Fault = z.input<typeof faultSchema>
export type ActiveFault = z.output<typeof faultSchema>

/** The faults in force. Where several match a call, the one added first is used, and used up, first. */
export class Faults {
  #active: ActiveFault[] = []

  constructor(faults: readonly Fault[] = []) {
    this.add(...faults)
  }

  add(...faults: readonly Fault[]): void {
    this.#active.push(...faults.map((fault) => faultSchema.parse(fault)))
  }

  clear(): void {
    this.#active = []
  }

  list(): ActiveFault[] {
    return structuredClone(this.#active)
  }

  /** The fault for this call, which counts as one of its times; null when the call is to go well. */
  take(action: string, effect: 'read' | 'write' | 'none'): ActiveFault | null {
    const fault = this.#active.find(
      ({ kind, action: name }) => (name === action || name === '*') && (kind !== 'delayed-visibility' || effect === 'write'),
    )
    if (!fault) return null
    if (fault.times !== null) fault.times -= 1
    if (fault.times === 0) this.#active = this.#active.filter((other) => other !== fault)
    return { ...fault }
  }
}
