import type { Init, Item, ListPath, Sallyport } from '../client/index.ts'

/** All that a list of the API has, from all of its pages. */
export async function everyOne<P extends ListPath>(sallyport: Sallyport, path: P, init: Init<'get', P>): Promise<Item<P>[]> {
  const list: Item<P>[] = []
  for await (const item of sallyport.each(path, init)) list.push(item)
  return list
}
