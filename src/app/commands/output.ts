/** What a command answers. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** What it tells while it works, which is not part of its answer. */
export const progress = (text: string): void => void process.stderr.write(`${text}\n`)

/** Gathers an option that can be repeated. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]
