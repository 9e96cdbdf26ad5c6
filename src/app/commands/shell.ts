/** Where the commands of operators speak. */
export interface Shell {
  /** To standard output: what was asked for. */
  readonly say: (text: string) => void
  /** To standard error: what goes on meanwhile. */
  readonly progress: (text: string) => void
  readonly exit: (code: number) => void
}

/** For an option that can be repeated. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]
