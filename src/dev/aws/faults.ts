import { z } from 'zod'
import type { Effect } from './action.ts'

const which = {
  /** The service that the calls are signed for, e.g. `sso`; null is any. */
  service: z.string().min(1).nullable().default(null),
  /** The action it applies to, e.g. `PutRolePolicy`; `*` is every action. */
  action: z.string().min(1),
  /** For how many calls; null means until cleared. */
  times: z.int().positive().nullable().default(null),
}

/**
 * What can be made to go wrong.
 * - `error`: the call is refused with this code and status, and has no effect.
 * - `rate`: calls beyond so many within a second are refused in the same way. It counts all that it applies to.
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
  z.strictObject({
    ...which,
    kind: z.literal('rate'),
    perSecond: z.int().positive(),
    code: z.string().regex(/^\w+$/).default('ThrottlingException'),
    status: z.int().min(400).max(599).default(400),
    message: z.string().default('Rate exceeded'),
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
  /** When the calls of the last second came, by the rate that let them pass. */
  readonly #passed = new WeakMap<ActiveFault, readonly number[]>()

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
  take(service: string, action: string, effect: Effect): ActiveFault | null {
    const fault = this.#active.find((each) => applies(each, service, action, effect) && !(each.kind === 'rate' && this.#withinRate(each)))
    if (!fault) return null
    if (fault.times !== null) fault.times -= 1
    if (fault.times === 0) this.#active = this.#active.filter((other) => other !== fault)
    return { ...fault }
  }

  /** Whether one more call is within the rate; if it is, it counts. */
  #withinRate(fault: Extract<ActiveFault, { kind: 'rate' }>): boolean {
    const now = performance.now()
    const lastSecond = (this.#passed.get(fault) ?? []).filter((at) => at > now - 1000)
    const within = lastSecond.length < fault.perSecond
    this.#passed.set(fault, within ? [...lastSecond, now] : lastSecond)
    return within
  }
}

const applies = (fault: ActiveFault, service: string, action: string, effect: Effect): boolean =>
  (fault.action === action || fault.action === '*') &&
  (fault.service === null || fault.service === service) &&
  (fault.kind !== 'delayed-visibility' || effect === 'write')
