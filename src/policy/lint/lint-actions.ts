import { connectParts } from '../connect-resource-parts.ts'
import { coversConnect } from '../evaluate.ts'
import type { Statement } from '../policy.ts'
import { quoted } from '../quoted.ts'
import { type Finding, finding } from './finding.ts'
import { slips } from './slips.ts'

const connect = 'rds-db:connect'

type Action = { readonly text: string; readonly pointer: string }

/** What the actions of a statement are, as far as connecting goes. */
export interface ActionReading {
  /** It lets or forbids connecting by a pattern that names `rds-db`, not merely by `*`. */
  readonly namesConnect: boolean
  /** Somebody who wrote this thought of connecting, rightly spelt or not. */
  readonly meansConnect: boolean
  readonly others: readonly Action[]
  readonly findings: readonly Finding[]
}

/** Reads Action or NotAction: `rds:` for `rds-db:`, misspelt actions, actions that have nothing to do with connecting. */
export function lintActions({ actions, resources }: Statement): ActionReading {
  const listed = actions.patterns.map((text, index): Action => ({ text, pointer: actions.pointers[index] ?? '' }))
  const onDatabaseUsers = resources.patterns.some((resource) => /^rds-db$/i.test(connectParts(resource)?.service ?? ''))
  const read = listed.map((action) => ({ action, finding: wrongAction(action, onDatabaseUsers && !coversConnect(actions)) }))
  const namesConnect = listed.some(({ text }) => isOfService(text) && coversConnect({ negated: false, patterns: [text], pointers: [] }))
  const others = read.filter(({ action, finding }) => finding === null && !isOfService(action.text)).map(({ action }) => action)
  const findings = read.flatMap(({ finding }) => finding ?? [])
  const meansConnect = namesConnect || findings.length > 0
  const mixed = meansConnect && !actions.negated && others.length > 0 ? [otherActions(others)] : []
  return { namesConnect, meansConnect, others, findings: [...findings, ...mixed] }
}

const isOfService = (action: string): boolean => /^rds-db:/i.test(action)

function wrongAction({ text, pointer }: Action, connectIsMissing: boolean): Finding | null {
  const small = text.toLowerCase()
  if (small === 'rds:connect' || (connectIsMissing && /^rds:(\*|.*(connect|auth).*)$/.test(small))) {
    const detail = `${quoted(text)} is about managing databases and lets nobody connect; to connect, the prefix is "rds-db:"`
    return finding('rds_action', pointer, detail, `Write ${quoted(connect)}.`, connect)
  }
  if (coversConnect({ negated: false, patterns: [text], pointers: [] })) return null
  const near = /[*?]/.test(text) ? 3 : slips(small, connect)
  if (!isOfService(text) && near > 2) return null
  const detail = `${quoted(text)} is no action of IAM; the one action of its kind is ${quoted(connect)}`
  return finding('action_misspelt', pointer, detail, `Write ${quoted(connect)}.`, connect)
}

function otherActions(others: readonly Action[]): Finding {
  const names = others.slice(0, 5).map(({ text }) => quoted(text))
  const more = others.length > names.length ? ` and ${others.length - names.length} more` : ''
  return finding(
    'other_actions',
    others[0]?.pointer ?? '',
    `${names.join(', ')}${more} ${others.length === 1 ? 'stands' : 'stand'} in one statement with connecting, and so on the same resources; ` +
      'a resource that fits the one never fits the other',
    `Give connecting a statement of its own, with ${quoted(connect)} alone.`,
  )
}
