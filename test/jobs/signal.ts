/** Something that happens once: one part of a test waits for it, another makes it happen. */
export interface Signal {
  readonly promise: Promise<void>
  readonly resolve: () => void
}

export function signal(): Signal {
  let resolve = () => {}
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve: () => resolve() }
}
