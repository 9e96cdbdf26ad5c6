import { ConfigError } from './config-error.ts'
import { fileSchema, type SallyportFile } from './file-schema.ts'
import { type Problem, printPath, problemsOf } from './problem.ts'
import { readConfigFile } from './read-file.ts'
import { senseProblems } from './sense.ts'
import { openYaml } from './yaml-source.ts'

/** sallyport.yaml: what it means, and what it says word for word, which is what is stored and hashed. */
export interface LoadedFile {
  readonly file: SallyportFile
  readonly content: unknown
}

/**
 * Reads and checks sallyport.yaml. Throws a ConfigError that lists every problem as
 * `<path>:<line>:<column> <key>: <what>`; whether the parts fit together is looked at once each has its right shape.
 */
export async function loadSallyportFile(path: string): Promise<LoadedFile> {
  return readYaml(await readConfigFile(path, '; SALLYPORT_CONFIG names another'), path)
}

/** The same for text at hand; `path` only names it in the problems. */
export function readYaml(text: string, path: string): LoadedFile {
  const source = openYaml(text, path)
  return frozen({ file: check(source.content, source.locate), content: source.content })
}

/** Reads what was stored of a file once loaded. Throws a ConfigError if this version of Sallyport cannot read it. */
export const readContent = (content: unknown): SallyportFile =>
  frozen(check(content, (problem) => `${printPath(problem.path)}: ${problem.message}`))

function check(content: unknown, print: (problem: Problem) => string): SallyportFile {
  const shaped = fileSchema.safeParse(content, { reportInput: true })
  const problems = shaped.success ? senseProblems(shaped.data) : shaped.error.issues.flatMap((issue) => problemsOf(issue))
  if (shaped.success && problems.length === 0) return shaped.data
  throw new ConfigError(problems.map(print))
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}
