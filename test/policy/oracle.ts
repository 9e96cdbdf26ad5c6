/**
 * A judge of policies that shares nothing with src/policy and is as slow as it is plain: it takes AWS's pages at their
 * word, one character and one case at a time (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html,
 * reference_policies_elements_condition_operators.html, reference_policies_variables.html).
 */
export interface OracleCase {
  readonly policies: readonly OraclePolicy[]
  readonly boundary: OraclePolicy | null
  readonly resource: string
  /** A key that is missing may be anything; one with an empty list is known to be absent. */
  readonly context: Readonly<Record<string, string | readonly string[]>>
}

export interface OraclePolicy {
  readonly Version?: string
  readonly Statement: OracleStatement | readonly OracleStatement[]
}

export interface OracleStatement {
  readonly Sid?: string
  readonly Effect: string
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

type Answer = true | false | 'maybe'
type Context = OracleCase['context']

export function oracle({ policies, boundary, resource, context }: OracleCase): string {
  const effectsOf = (policy: OraclePolicy): [string, Answer][] =>
    list(policy.Statement).map((statement) => [statement.Effect, applies(statement, policy.Version === '2012-10-17', resource, context)])
  const identity = policies.flatMap(effectsOf)
  const limit = boundary === null ? [] : effectsOf(boundary)
  const has = (effects: [string, Answer][], effect: string, answer: Answer) => effects.some(([e, a]) => e === effect && a === answer)

  if (has(identity, 'Deny', true) || has(limit, 'Deny', true)) return 'denied'
  if (!has(identity, 'Allow', true) && !has(identity, 'Allow', 'maybe')) return 'implicitly-denied'
  if (boundary !== null && !has(limit, 'Allow', true) && !has(limit, 'Allow', 'maybe')) return 'implicitly-denied'
  if (has(identity, 'Deny', 'maybe') || has(limit, 'Deny', 'maybe')) return 'conditional'
  if (!has(identity, 'Allow', true)) return 'conditional'
  return boundary !== null && !has(limit, 'Allow', true) ? 'conditional' : 'allowed'
}

function applies(statement: OracleStatement, variables: boolean, resource: string, context: Context): Answer {
  const action = (pattern: string): Answer => glob(wild(pattern.toLowerCase()), 'rds-db:connect')
  const target = (pattern: string): Answer => like(tokens(pattern, variables, true, context), resource)
  const answers = [
    statement.NotAction === undefined ? or(list(statement.Action ?? []).map(action)) : opposite(or(list(statement.NotAction).map(action))),
    statement.NotResource === undefined
      ? or(list(statement.Resource ?? []).map(target))
      : opposite(or(list(statement.NotResource).map(target))),
  ]
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, values] of Object.entries(keys)) answers.push(condition(operator, key, list(values).map(String), variables, context))
  }
  return and(answers)
}

function condition(operator: string, key: string, ours: readonly string[], variables: boolean, context: Context): Answer {
  const entry = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())
  if (entry === undefined) return 'maybe'
  const theirs = list(entry[1])
  let name = operator.toLowerCase()
  const all = name.startsWith('forallvalues:')
  const any = name.startsWith('foranyvalue:')
  name = name.replace(/^for(all|any)values?:/, '')
  if (name === 'null') {
    if (theirs.length > 0 && theirs.every((value) => value === '')) return 'maybe'
    return or(ours.map((value) => (['true', 'false'].includes(value) ? (value === 'true') === (theirs.length === 0) : 'maybe')))
  }
  const ifExists = name.endsWith('ifexists')
  if (ifExists) name = name.slice(0, -'ifexists'.length)
  const negative = name.includes('not')
  const positive = name.replace('not', '')
  const single = (value: string): Answer => {
    const found = or(ours.map((mine) => compare(positive, mine, value, variables, context)))
    return negative ? opposite(found) : found
  }
  if (all || any) {
    if (theirs.every((value) => value === '')) {
      if (all) return true
      return ifExists && theirs.length === 0 ? 'maybe' : false
    }
    return all ? and(theirs.map(single)) : or(theirs.map(single))
  }
  if (theirs.length === 0) return ifExists || negative
  const answers = new Set(theirs.map(single))
  return answers.size === 1 ? ([...answers][0] ?? 'maybe') : 'maybe'
}

function compare(test: string, ours: string, theirs: string, variables: boolean, context: Context): Answer {
  if (test === 'stringequals') return like(tokens(ours, variables, false, context), theirs)
  if (test === 'stringequalsignorecase') {
    const small = tokens(ours, variables, false, context)?.map((token) =>
      token.kind === 'is' ? { ...token, text: token.text.toLowerCase() } : token,
    )
    return like(small, theirs.toLowerCase())
  }
  if (test === 'stringlike') return like(tokens(ours, variables, true, context), theirs)
  if (test === 'arnequals' || test === 'arnlike') return arnLike(tokens(ours, variables, true, context), theirs)
  if (test === 'bool') {
    const both = [ours.toLowerCase(), theirs.toLowerCase()]
    return both.every((value) => value === 'true' || value === 'false') ? both[0] === both[1] : 'maybe'
  }
  if (test === 'binaryequals') {
    const both = [ours, theirs].map((text) => (btoaOf(text) === text ? text : null))
    return both.includes(null) ? 'maybe' : both[0] === both[1]
  }
  if (test === 'ipaddress') return inNetwork(ours, theirs)
  const [mine, other] = [ours, theirs].map((text) => (test.startsWith('numeric') ? number(text) : moment(text)))
  if (mine === undefined || other === undefined || Number.isNaN(mine) || Number.isNaN(other)) return 'maybe'
  const order = test.replace(/^(numeric|date)/, '')
  if (order === 'equals') return other === mine
  if (order === 'lessthan') return other < mine
  if (order === 'lessthanequals') return other <= mine
  if (order === 'greaterthan') return other > mine
  return other >= mine
}

const number = (text: string): number => (text.trim() === text && text !== '' ? Number(text) : Number.NaN)

function moment(text: string): number {
  if (/^\d{4}-/.test(text)) return new Date(text).getTime()
  return text.length > 4 ? number(text) * 1000 : Number.NaN
}

function btoaOf(text: string): string | null {
  try {
    return btoa(atob(text))
  } catch {
    return null
  }
}

/** IPv4 only, as 32 zeros and ones. */
function inNetwork(network: string, address: string): Answer {
  const bits = (text: string): string | null => {
    const parts = text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : 999))
    return parts.length === 4 && parts.every((part) => part < 256) ? parts.map((part) => part.toString(2).padStart(8, '0')).join('') : null
  }
  const [base = '', length = '32'] = network.split('/')
  const [one, other] = [bits(base), bits(address)]
  if (one === null || other === null) return 'maybe'
  return other.startsWith(one.slice(0, Number(length)))
}

/** One character that must be there, `?`, `*`, or the place of a variable that may be anything. */
type Token = { readonly kind: 'is'; readonly text: string } | { readonly kind: 'one' | 'run' | 'anything' }

const wild = (text: string): Token[] =>
  [...text].map((c) => (c === '*' ? { kind: 'run' } : c === '?' ? { kind: 'one' } : { kind: 'is', text: c }))

const plain = (text: string): Token[] => [...text].map((c) => ({ kind: 'is', text: c }))

/** Undefined if a variable has no value: then nothing is equal to it or like it. */
function tokens(text: string, variables: boolean, wildcards: boolean, context: Context): Token[] | undefined {
  const read = wildcards ? wild : plain
  const result: Token[] = []
  let nothing = false
  let rest = text
  while (rest !== '') {
    const opens = variables && rest.startsWith('${')
    const end = rest.indexOf('}')
    if (opens && end < 0) {
      result.push({ kind: 'anything' })
      break
    }
    if (!opens) {
      result.push(...read(rest.slice(0, 1)))
      rest = rest.slice(1)
      continue
    }
    const inner = rest.slice(2, end)
    rest = rest.slice(end + 1)
    if (['*', '?', '$'].includes(inner)) {
      result.push({ kind: 'is', text: inner })
      continue
    }
    const [name = '', otherwise] = inner.split(', ')
    const entry = Object.entries(context).find(([key]) => key.toLowerCase() === name.toLowerCase())
    const values = entry === undefined ? undefined : list(entry[1])
    if (values === undefined || values.length > 1 || values[0] === '') result.push({ kind: 'anything' })
    else if (values[0] !== undefined) result.push(...plain(values[0]))
    else if (otherwise !== undefined) result.push(...plain(otherwise.slice(1, -1)))
    else nothing = true
  }
  return nothing ? undefined : result
}

function like(pattern: readonly Token[] | undefined, text: string): Answer {
  if (pattern === undefined) return false
  return glob(pattern, text) && (pattern.some(({ kind }) => kind === 'anything') ? 'maybe' : true)
}

function glob([first, ...rest]: readonly Token[], text: string): boolean {
  if (first === undefined) return text === ''
  if (first.kind === 'run' || first.kind === 'anything') return glob(rest, text) || (text !== '' && glob([first, ...rest], text.slice(1)))
  return text !== '' && (first.kind === 'is' ? first.text === text[0] : true) && glob(rest, text.slice(1))
}

function arnLike(pattern: readonly Token[] | undefined, text: string): Answer {
  const whole = like(pattern, text)
  if (pattern === undefined || whole === false) return false
  const theirs = text.split(':')
  const ours: Token[][] = [[]]
  for (const token of pattern) {
    if (token.kind === 'is' && token.text === ':' && ours.length < 6) ours.push([])
    else ours.at(-1)?.push(token)
  }
  if (whole === 'maybe' || ours.length < 6 || theirs.length < 6) return 'maybe'
  const six = [...theirs.slice(0, 5), theirs.slice(5).join(':')]
  return ours.every((part, index) => glob(part, six[index] ?? ''))
}

const opposite = (answer: Answer): Answer => (answer === 'maybe' ? answer : !answer)
const and = (answers: readonly Answer[]): Answer => (answers.includes(false) ? false : answers.includes('maybe') ? 'maybe' : true)
const or = (answers: readonly Answer[]): Answer => (answers.includes(true) ? true : answers.includes('maybe') ? 'maybe' : false)

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T]
}
