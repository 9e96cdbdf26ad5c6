import { readFileSync } from 'node:fs'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { folder } from './documents.ts'

type Values = ReadonlyMap<string, string | readonly string[]>

const noValue = Symbol('AWS::NoValue')

interface Template {
  readonly Parameters: Readonly<Record<string, { Type: string; Default?: string; AllowedPattern?: string }>>
  readonly Conditions: Readonly<Record<string, unknown>>
  readonly Resources: Readonly<Record<string, { Properties: Readonly<Record<string, unknown>> }>>
}

/**
 * deploy/aws/cloudformation.yaml as CloudFormation reads it with these parameters: the functions that it uses, written out
 * (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html).
 */
export function stack(account: string, partition: string, parameters: Readonly<Record<string, string>>): Template {
  const { contents } = parseDocument(readFileSync(new URL('cloudformation.yaml', folder), 'utf8'), { logLevel: 'silent' })
  const declared = (read(contents, new Map(), new Map()) as Template).Parameters
  const values = new Map<string, string | readonly string[]>([
    ['AWS::Partition', partition],
    ['AWS::AccountId', account],
    ...Object.entries(declared).map(([name, { Type, Default = '' }]): [string, string | readonly string[]] => {
      const value = parameters[name] ?? Default
      return [name, Type === 'CommaDelimitedList' ? value.split(',') : value]
    }),
  ])
  const { Conditions } = read(contents, values, new Map()) as Template
  const conditions = new Map(Object.entries(Conditions).map(([name, holds]) => [name, holds === true]))
  return read(contents, values, conditions) as Template // as the file has it; a test that finds it otherwise fails
}

function read(node: unknown, values: Values, conditions: ReadonlyMap<string, boolean>): unknown {
  const inside = (each: unknown) => read(each, values, conditions)
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [String(key), inside(value)] as const))
  if (isSeq(node)) return applied(node.tag, node.items.map(inside), conditions)
  if (!isScalar(node)) return node
  const text = String(node.value)
  if (node.tag === '!Ref') return text === 'AWS::NoValue' ? noValue : (values.get(text) ?? `ref ${text}`)
  if (node.tag === '!Sub') return text.replace(/\$\{([\w:]+)\}/g, (_, name: string) => String(values.get(name) ?? `no ${name}`))
  return node.value
}

function applied(name: string | undefined, given: readonly unknown[], conditions: ReadonlyMap<string, boolean>): unknown {
  const [first, second, third] = given
  switch (name) {
    case '!If':
      return conditions.get(String(first)) === true ? second : third
    case '!Equals':
      return first === second
    case '!Not':
      return first !== true
    case '!And':
      return given.every((each) => each === true)
    case '!Join':
      return Array.isArray(second) ? second.join(String(first)) : second
    default:
      return given.filter((each) => each !== noValue)
  }
}
