/**
 * Leaves in an OpenAPI document only the schemas that something refers to, sorted by name. zod makes two of
 * each, `Name` and `NameInput`, since one with defaults reads otherwise than it prints; where only the latter
 * is used, it takes the plain name.
 */
export function tidyComponents(document: object): void {
  const schemas = objectAt(objectAt(document, 'components'), 'schemas')
  const used = new Set<string>()
  const waiting: unknown[] = [objectAt(document, 'paths')]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const name of referencesIn(next)) {
      if (used.has(name)) continue
      used.add(name)
      waiting.push(Reflect.get(schemas, name))
    }
  }
  const names = new Map([...used].sort().map((name) => [name, plainName(name, used)]))
  const kept = [...names].map(([name, plain]): [string, unknown] => [plain, Reflect.get(schemas, name)])
  for (const name of Object.keys(schemas)) Reflect.deleteProperty(schemas, name)
  Object.assign(schemas, Object.fromEntries(kept))
  eachObject(document, (each) => {
    const name = referredBy(each)
    if (name !== null) Reflect.set(each, '$ref', PREFIX + (names.get(name) ?? name))
  })
}

const PREFIX = '#/components/schemas/'

const plainName = (name: string, used: ReadonlySet<string>): string => {
  const plain = name.replace(/Input$/, '')
  return used.has(plain) ? name : plain
}

function referencesIn(root: unknown): string[] {
  const names: string[] = []
  eachObject(root, (each) => {
    const name = referredBy(each)
    if (name !== null) names.push(name)
  })
  return names
}

function referredBy(value: object): string | null {
  const reference: unknown = Reflect.get(value, '$ref')
  return typeof reference === 'string' && reference.startsWith(PREFIX) ? reference.slice(PREFIX.length) : null
}

function eachObject(value: unknown, visit: (each: object) => void): void {
  if (typeof value !== 'object' || value === null) return
  visit(value)
  for (const child of Object.values(value)) eachObject(child, visit)
}

function objectAt(value: object, key: string): object {
  const child: unknown = Reflect.get(value, key)
  return typeof child === 'object' && child !== null ? child : {}
}
