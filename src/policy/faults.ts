import type { FieldError } from '../kernel/errors.ts'

/** After so many, one knows that this is no policy; a hostile document must not make a list longer than itself. */
const most = 50

/** Collects what is wrong with a document while it is read to its end. */
export class Faults {
  readonly #noted: FieldError[] = []

  get noted(): readonly FieldError[] {
    return this.#noted
  }

  /** The detail goes on from the place: `is missing`. */
  note(pointer: string, detail: string): undefined {
    if (this.#noted.length < most) this.#noted.push({ pointer, detail })
    return undefined
  }
}
