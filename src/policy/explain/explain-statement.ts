import { coversConnect } from '../evaluate.ts'
import { operatorName, type Policy, type Statement } from '../policy.ts'
import { quoted } from '../quoted.ts'
import { reachesConnect } from '../relate.ts'
import { isUnsupportedKey } from '../unsupported-keys.ts'
import { conditionInWords } from './condition-in-words.ts'
import type { Reach, ReachOf } from './reach.ts'
import { listed, reachInWords } from './words.ts'

/** What a statement does as far as connecting goes. */
export interface ExplainedStatement {
  readonly pointer: string
  readonly sid: string | null
  readonly effect: Statement['effect']
  /** Whether it lets or forbids anybody to connect to anything at all. */
  readonly aboutConnecting: boolean
  /** What it names by Resource; or, if `everythingElse`, what it leaves out by NotResource. */
  readonly resources: readonly ExplainedResource[]
  readonly everythingElse: boolean
  readonly conditions: readonly ExplainedCondition[]
  readonly words: string
}

export interface ExplainedResource extends Reach {
  readonly pointer: string
}

export interface ExplainedCondition {
  readonly pointer: string
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  readonly supported: boolean
  readonly words: string
}

export function explainStatement(statement: Statement, version: Policy['version'], reachOf: ReachOf): ExplainedStatement {
  const { pointer, sid, effect, actions, resources } = statement
  const named = resources.patterns.flatMap((text, index): ExplainedResource[] =>
    reachesConnect(text, version) ? [{ ...reachOf(text, version), pointer: resources.pointers[index] ?? '' }] : [],
  )
  const aboutConnecting = coversConnect(actions) && (resources.negated || named.length > 0)
  const conditions = statement.conditions.map((condition) => ({
    pointer: condition.pointer,
    operator: operatorName(condition),
    key: condition.key,
    values: condition.values,
    supported: !isUnsupportedKey(condition.key),
    words: conditionInWords(condition),
  }))
  const explained = { pointer, sid, effect, aboutConnecting, resources: named, everythingElse: resources.negated, conditions }
  return { ...explained, words: inWords(explained, actions.negated, version) }
}

type Unworded = Omit<ExplainedStatement, 'words'>

function inWords(statement: Unworded, byNotAction: boolean, version: Policy['version']): string {
  const { pointer, sid, effect, aboutConnecting, resources, everythingElse, conditions } = statement
  const name = sid === null || sid === '' ? pointer : `${pointer} (${quoted(sid)})`
  if (!aboutConnecting) return `${name} says nothing about connecting to databases.`
  const does = effect === 'Allow' ? 'allows connecting' : 'forbids connecting'
  const how = byNotAction ? ', which its NotAction does not leave out,' : ''
  const each = resources.map((reach) => reachInWords(reach, version))
  const what = everythingElse
    ? `as any database user on any database${each.length === 0 ? '' : `, except ${listed(each)}`}`
    : listed(each, 'and')
  const when = conditions.length === 0 ? '' : `, if ${conditions.map(({ words }) => words).join(' and ')},`
  return `${name} ${does}${how}${when} ${what}.`
}
