/** One call that was made, and what came of it. */
export interface CallRecord {
  readonly at: string
  readonly requestId: string
  readonly service: string
  readonly action: string
  readonly account: string | null
  readonly region: string
  /** The caller's ARN, role session name included; null if it could not be told. */
  readonly caller: string | null
  /** `ok`, the error code of the refusal, `lost-request` or `lost-answer`. */
  readonly outcome: string
}

const KEPT = 10_000

/** The log of calls, oldest first; only the last 10,000 are kept. */
export class Calls {
  #records: CallRecord[] = []

  add(record: CallRecord): void {
    this.#records.push(record)
    if (this.#records.length > KEPT) this.#records.shift()
  }

  list(): CallRecord[] {
    return [...this.#records]
  }

  reset(): void {
    this.#records = []
  }
}
