import type { ActorRecord } from '../kernel/actor.ts'
import { type ErrorCode, SallyportError } from '../kernel/errors.ts'

/** A refusal to a caller whose credential is good, and who may not do with it what was tried: for the audit log. */
export class RefusedCaller extends SallyportError {
  readonly by: ActorRecord

  constructor(by: ActorRecord, code: ErrorCode, detail: string) {
    super(code, detail)
    this.by = by
  }
}
