import { constraintBroken } from './refusal.ts'

/** What AWS's service models say of a string: lengths in UTF-16 units and a pattern for the whole of it. */
export interface TextConstraint {
  readonly min: number
  readonly max: number
  /** As the service model prints it; it is quoted in the refusal. */
  readonly pattern: string
}

interface IntegerConstraint {
  readonly min: number
  readonly max: number
}

/** The form fields of one call, e.g. `RoleName=reader&Tags.member.1.Key=team`. */
export class Parameters {
  readonly #fields: ReadonlyMap<string, string>

  constructor(fields: Iterable<readonly [string, string]>) {
    this.#fields = new Map(fields)
  }

  get(name: string): string | null {
    return this.#fields.get(name) ?? null
  }

  /** A required string. Throws ValidationError. */
  text(name: string, constraint: TextConstraint): string {
    const value = this.optionalText(name, constraint)
    if (value === null) throw constraintBroken(name, null, 'Member must not be null')
    return value
  }

  /** A string that may be left out. Throws ValidationError. */
  optionalText(name: string, { min, max, pattern }: TextConstraint): string | null {
    const value = this.get(name)
    if (value === null) return null
    if (value.length < min) throw constraintBroken(name, value, `Member must have length greater than or equal to ${min}`)
    if (value.length > max) throw constraintBroken(name, value, `Member must have length less than or equal to ${max}`)
    if (!new RegExp(`^(?:${pattern})$`, 'u').test(value)) {
      throw constraintBroken(name, value, `Member must satisfy regular expression pattern: ${pattern}`)
    }
    return value
  }

  /** A whole number that may be left out. Throws ValidationError. */
  optionalInteger(name: string, { min, max }: IntegerConstraint): number | null {
    const value = this.get(name)
    if (value === null) return null
    if (!/^-?\d{1,15}$/.test(value)) throw constraintBroken(name, value, 'Member must be a whole number')
    if (Number(value) < min) throw constraintBroken(name, value, `Member must have value greater than or equal to ${min}`)
    if (Number(value) > max) throw constraintBroken(name, value, `Member must have value less than or equal to ${max}`)
    return Number(value)
  }

  /** A list of strings, e.g. `texts('Values.Value')` for `Values.Value.1=…&Values.Value.2=…`. */
  texts(list: string): string[] {
    const found: string[] = []
    for (let value = this.get(`${list}.1`); value !== null; value = this.get(`${list}.${found.length + 1}`)) found.push(value)
    return found
  }

  /** A list of structures, each with the fields under its number, e.g. `structures('Tags.member')`. */
  structures(list: string): Parameters[] {
    const byNumber = new Map<number, [string, string][]>()
    for (const [name, value] of this.#fields) {
      if (!name.startsWith(`${list}.`)) continue
      const [number = '', ...rest] = name.slice(list.length + 1).split('.')
      if (!/^\d+$/.test(number)) continue
      byNumber.set(Number(number), [...(byNumber.get(Number(number)) ?? []), [rest.join('.'), value]])
    }
    return [...byNumber].sort(([a], [b]) => a - b).map(([, fields]) => new Parameters(fields))
  }
}
