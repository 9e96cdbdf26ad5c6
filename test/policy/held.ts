import {
  type ConnectArn,
  compile,
  diff,
  guardName,
  type HeldPolicies,
  isManaged,
  namesOn,
  type PolicyDocuments,
  type PolicyWrite,
  type Room,
  roomOn,
  withGuard,
} from '../../src/policy/index.ts'

export const deployment = 'abcdefghij'
export const uniqueId = 'AROAEXAMPLE0123456789'
export const nameOf = namesOn(deployment, uniqueId)
export const guard = guardName(deployment, uniqueId)

const withoutGuard = <Value>(policies: ReadonlyMap<string, Value>) => new Map([...policies].filter(([name]) => name !== guard))

/** The whole plan for a principal, its guard included. */
export const planFor = (desired: PolicyDocuments, held: HeldPolicies, room: Room): readonly PolicyWrite[] =>
  withGuard(diff(withoutGuard(desired), withoutGuard(held), room), {
    name: guard,
    desired: desired.get(guard) ?? null,
    held: held.get(guard),
  }) as readonly PolicyWrite[] // there are no roles

/** The documents of what is granted on a target, all of it in its inline policy. */
export const compileInline = (arns: readonly ConnectArn[]): PolicyDocuments =>
  compile(
    arns.map((arn) => ({ arn, placement: 0 })),
    nameOf,
  )

/** Policies as IAM holds them once they have been written: the managed ones attached, and with one version. */
export const asHeld = (documents: PolicyDocuments): HeldPolicies =>
  new Map(
    [...documents].map(([name, document]) => [
      name,
      { document, managed: isManaged(name) ? { attached: true, version: 'v1', spares: [] } : null },
    ]),
  )

/** The plan for a role that nobody else has given a policy. */
export const diffAlone = (desired: PolicyDocuments, held: HeldPolicies): ReturnType<typeof diff> =>
  diff(desired, held, roomOn('role', { characters: 0, attached: 0 }))
