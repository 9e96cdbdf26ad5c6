import {
  type ConnectArn,
  compile,
  diff,
  type HeldPolicies,
  isManaged,
  namesOn,
  type PolicyDocuments,
  roomOn,
} from '../../src/policy/index.ts'

export const deployment = 'abcdefghij'
export const nameOf = namesOn(deployment, 'AROAEXAMPLE0123456789')

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
