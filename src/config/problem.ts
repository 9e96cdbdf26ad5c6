import type { z } from 'zod'

/** Something wrong at one place of the file, named by its keys and indexes from the top. */
export interface Problem {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** `rules[0].waits`; `(top)` for the file as a whole. */
export const printPath = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? '(top)'
    : path
        .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
        .join('')
        .replace(/^\./, '')

/** The problems that an issue of zod's tells of, in words for whoever writes the file. */
export function problemsOf(issue: z.core.$ZodIssue, before: readonly PropertyKey[] = []): Problem[] {
  const path = [...before, ...issue.path]
  if ('input' in issue && issue.input === undefined) return [{ path, message: 'is missing' }]
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n') // one for each key, by `strict`
    return issue.keys.map((key, index) => ({ path: [...path, key], message: messages[index] ?? issue.message }))
  }
  if (issue.code === 'invalid_union') {
    const inside = issue.errors.find((branch) => branch.every((nested) => nested.path.length > 0 || nested.code === 'too_small'))
    return inside === undefined ? [{ path, message: issue.message }] : inside.flatMap((nested) => problemsOf(nested, path))
  }
  if (issue.code === 'invalid_type') return [{ path, message: typeMessage(issue) }]
  if (issue.code === 'invalid_key') return [{ path, message: issue.issues.map((nested) => nested.message).join(', ') }]
  return [{ path, message: issue.message }]
}

function typeMessage(issue: z.core.$ZodIssueInvalidType): string {
  if (issue.expected === 'string' && typeof issue.input === 'number') return 'must be text; write it in quotes'
  return `must be ${expectations[issue.expected] ?? issue.expected}`
}

const expectations: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a set of keys',
  record: 'a set of keys',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a whole number',
}

/** Puts a problem further down in the file. */
export const at =
  (...prefix: PropertyKey[]) =>
  (problem: Problem): Problem => ({ ...problem, path: [...prefix, ...problem.path] })
