/** What a request says about itself and its caller: condition keys in lower case, each with its values. */
export type Context = ReadonlyMap<string, readonly string[]>

interface How {
  readonly wildcards: boolean
  readonly ignoreCase?: boolean
}

const TOKENS = /\$\{([^}]*)\}|\*|\?|[^*?$]+|\$/gs

/**
 * Whether a text of a policy fits a value. Policy variables stand for what the context has, taken literally; one that the
 * context lacks fits nothing (IAM User Guide, "IAM policy elements: Variables and tags").
 */
export function fits(pattern: string, value: string, context: Context, { wildcards, ignoreCase = false }: How): boolean {
  let source = ''
  for (const [token, variable] of pattern.matchAll(TOKENS)) {
    const literal = variable === undefined ? token : valueOf(variable, context)
    if (literal === null) return false
    if (variable === undefined && wildcards && token === '*') source += '.*'
    else if (variable === undefined && wildcards && token === '?') source += '.'
    else source += literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  }
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(value)
}

function valueOf(variable: string, context: Context): string | null {
  if (['*', '?', '$'].includes(variable)) return variable
  const [, key = '', preset = null] = /^([^,]*?)(?:,\s*'(.*)')?$/s.exec(variable) ?? []
  const [value = preset, ...more] = context.get(key.trim().toLowerCase()) ?? []
  return more.length === 0 ? value : null
}
