/** Works on all items, on so many at a time, and answers in their order. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>()
  const waiting = items.entries()
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) results.set(index, await work(item)) // one iterator, shared by all workers
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return [...results].sort(([one], [other]) => one - other).map(([, result]) => result)
}
