import type { Call } from '../action.ts'
import { Refusal } from '../protocol/refusal.ts'

export const invalidValue = (message: string): Refusal => new Refusal(400, 'InvalidParameterValue', message)

export const invalidCombination = (message: string): Refusal => new Refusal(400, 'InvalidParameterCombination', message)

/** A parameter that RDS cannot do without. Throws MissingParameter. */
export function required({ parameters }: Call, name: string): string {
  const value = parameters.get(name)
  if (value === null || value === '') throw new Refusal(400, 'MissingParameter', `The request must contain the parameter ${name}.`)
  return value
}

/** An identifier for something new: RDS keeps it in lower case. Throws InvalidParameterValue. */
export function newIdentifier(call: Call, name: string): string {
  const identifier = required(call, name)
  if (!/^[a-z](?:-?[a-z0-9]){0,62}$/i.test(identifier) || identifier.length > 63) {
    throw invalidValue(
      `The parameter ${name} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, ` +
        'digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.',
    )
  }
  return identifier.toLowerCase()
}

/** One of a few values. Throws InvalidParameterValue. */
export function oneOf<V extends string>(name: string, value: string, values: readonly V[]): V {
  const found = values.find((each) => each === value)
  if (found === undefined) throw invalidValue(`Invalid value '${value}' for ${name}: expected one of ${values.join(', ')}`)
  return found
}

const usualPorts = [
  [/postgres/, '5432'],
  [/neptune/, '8182'],
  [/docdb/, '27017'],
  [/oracle/, '1521'],
  [/sqlserver/, '1433'],
] as const

/** The port asked for, or the usual one of the engine. Throws InvalidParameterValue. */
export function portFor({ parameters }: Call, engine: string): number {
  const port = parameters.get('Port') ?? usualPorts.find(([engines]) => engines.test(engine))?.[1] ?? '3306'
  if (!/^\d{4,5}$/.test(port) || Number(port) < 1150 || Number(port) > 65_535) throw invalidValue(`Invalid port: ${port}`)
  return Number(port)
}

export const isTrue = ({ parameters }: Call, name: string): boolean => parameters.get(name) === 'true'

/** A yes or no that may be left out. Throws InvalidParameterValue. */
export function optionalBoolean({ parameters }: Call, name: string): boolean | null {
  const value = parameters.get(name)
  return value === null ? null : oneOf(name, value, ['true', 'false']) === 'true'
}
