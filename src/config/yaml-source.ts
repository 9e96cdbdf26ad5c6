import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { ConfigError } from './config-error.ts'
import { type Problem, printPath } from './problem.ts'

export interface YamlSource {
  /** What the text says, as plain JSON. */
  readonly content: unknown
  /** `<path>:<line>:<column> <key>: <what>`, at the key or list item in question or the nearest one around it. */
  readonly locate: (problem: Problem) => string
}

/** Parses YAML 1.2. Throws a ConfigError that lists every error of its syntax, keys given twice included. */
export function openYaml(text: string, path: string): YamlSource {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const where = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col}`
  }
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) throw new ConfigError(faults.map((fault) => `${where(fault.pos[0])} ${fault.message}`))
  return {
    content: plain(document, path),
    locate: (problem) => `${where(offsetOf(document, problem.path))} ${printPath(problem.path)}: ${problem.message}`,
  }
}

function plain(document: Document, path: string): unknown {
  try {
    // By way of JSON, so that what is checked now is what is stored and read again later.
    return JSON.parse(JSON.stringify(document.toJS() ?? {}))
  } catch (error) {
    throw new ConfigError([`${path}: ${error instanceof Error ? error.message : String(error)}`]) // aliases without end
  }
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const key of path) {
    const place = step(node, key)
    if (place === null) return offset
    offset = startOf(place.mark) ?? offset
    node = place.value
  }
  return offset
}

/** Goes one key or index down: the node that marks the place, and the one that holds its value. */
function step(node: unknown, key: PropertyKey): { mark: unknown; value: unknown } | null {
  if (isSeq(node) && typeof key === 'number') return { mark: node.items[key], value: node.items[key] }
  if (!isMap(node)) return null
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
  return pair === undefined ? null : { mark: pair.key, value: pair.value }
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? (node satisfies Node).range?.[0] : undefined)
