import { z } from 'zod'
import { type Manner, manners, type Path, paths } from '../kernel/rule.ts'
import { ConfigError } from './config-error.ts'
import { problemsOf } from './problem.ts'
import { readConfigFile } from './read-file.ts'
import { accountId, duration, line, name, personId, region, strict, tags } from './schema-parts.ts'
import { openYaml } from './yaml-source.ts'

/** A database as a case names it: one of sallyport.yaml, or one that need not exist. */
export type CaseDatabase =
  | string
  | {
      readonly account: string
      readonly region: string
      readonly identifier: string | null
      readonly tags: Readonly<Record<string, string>>
    }

/** What somebody would ask for. */
export interface Hypothesis {
  readonly person: string
  /** Who would use it. */
  readonly beneficiary: string
  readonly principal: string
  readonly path: Path
  readonly manner: Manner
  readonly database: CaseDatabase
  readonly dbUser: string
  readonly reason: string
  /** It is taken to be open, and of who asks. */
  readonly ticket: { readonly system: string; readonly key: string; readonly type?: string | undefined } | null
  /** Whole seconds; null: the default of the rules. */
  readonly duration: number | null
}

/** A hypothesis with what the rules are expected to say; what is null is not looked at. */
export interface RuleCase {
  readonly name: string
  readonly ask: Hypothesis
  readonly expect: {
    readonly allowed: boolean
    readonly rule: string | null
    /** Everybody who could approve, by id; none: nobody has to. */
    readonly approvers: readonly string[] | null
    /** Everybody else who could approve after a wait, by id. */
    readonly approversLater: readonly string[] | null
    readonly longest: number | null
  }
}

const database = z
  .union(
    [
      line,
      strict({ account: accountId, region, identifier: line.optional(), tags: tags.default({}) }).transform(
        ({ identifier, ...rest }): CaseDatabase => ({ ...rest, identifier: identifier ?? null }),
      ),
    ],
    'must be a database of sallyport.yaml, or a set of account, region, identifier and tags',
  )
  .describe(
    'A database of sallyport.yaml by identifier, resource id or ARN; or facts of any other. Without an identifier: every database of the region.',
  )

const ask = strict({
  person: personId,
  for: personId.optional(),
  principal: line,
  path: z.enum(paths, `must be one of ${paths.join(', ')}`).default('direct'),
  database,
  dbUser: line,
  reason: line.default(''),
  ticket: strict({ system: line, key: line, type: line.optional() }).nullable().default(null),
  duration: duration.optional(),
  manner: z
    .enum(manners, `must be one of ${manners.join(', ')}`)
    .default('ordinary')
    .describe('`emergency`: at once without approval; `standing`: without an end.'),
}).transform(
  ({ for: beneficiary, duration: seconds, ...rest }): Hypothesis => ({
    ...rest,
    beneficiary: beneficiary ?? rest.person,
    duration: seconds ?? null,
  }),
)

const expectation = strict({
  allowed: z.boolean(),
  rule: name.optional(),
  approvers: z.array(personId).optional(),
  approversLater: z.array(personId).optional().describe('Who else could approve after a wait, by an escalation.'),
  longest: duration.optional(),
}).transform(({ allowed, rule, approvers, approversLater, longest }): RuleCase['expect'] => ({
  allowed,
  rule: rule ?? null,
  approvers: approvers ?? null,
  approversLater: approversLater ?? null,
  longest: longest ?? null,
}))

const casesSchema = strict({ cases: z.array(strict({ name: line, ask, expect: expectation })).min(1, 'must not be empty') })

/** Reads a file of cases. Throws a ConfigError that lists every problem with its line. */
export async function loadRuleCases(path: string): Promise<readonly RuleCase[]> {
  const text = await readConfigFile(path)
  const { content, locate } = openYaml(text, path)
  const read = casesSchema.safeParse(content, { reportInput: true })
  if (read.success) return read.data.cases
  throw new ConfigError(read.error.issues.flatMap((issue) => problemsOf(issue)).map(locate))
}
