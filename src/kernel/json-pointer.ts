/** A JSON pointer (RFC 6901): empty for the whole document. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** What a JSON pointer (RFC 6901) points to in a document; undefined where that is nothing. Only what a document itself has counts. */
export function atPointer(document: unknown, pointer: string): unknown {
  const parts = pointer.split('/').slice(1)
  return parts.reduce<unknown>((place, part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) return undefined
    // `01`, `-` and `length` are no elements of a list.
    if (Array.isArray(place) && !/^(?:0|[1-9]\d*)$/.test(name)) return undefined
    return Reflect.get(place, name)
  }, document)
}
