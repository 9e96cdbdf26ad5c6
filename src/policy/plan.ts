import type { InlineDocuments } from './document.ts'

/**
 * One IAM call of a plan: PutRolePolicy or DeleteRolePolicy, or the user's. Phase 1 takes ended access out, phase 2
 * adds what is granted, phase 3 removes what phase 2 has put elsewhere.
 */
export interface PolicyWrite {
  readonly phase: 1 | 2 | 3
  readonly operation: 'put' | 'delete'
  readonly policyName: string
  /** What to put, byte for byte; null for `delete`. */
  readonly document: string | null
  /** Hash of the document that the call replaces, if IAM still holds what was observed; null if there is none. */
  readonly hashBefore: string | null
  /** Hash of `document`. */
  readonly hashAfter: string | null
}

/** Calls in the order in which they must be made. */
export type Plan = readonly PolicyWrite[]

/** The documents that IAM holds after the call, if it held these before. */
export function applyWrite(observed: InlineDocuments, write: PolicyWrite): InlineDocuments {
  const after = new Map(observed)
  if (write.document === null) after.delete(write.policyName)
  else after.set(write.policyName, write.document)
  return after
}
