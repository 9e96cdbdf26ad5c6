import { availableParallelism, loadavg } from 'node:os'
import Table from 'cli-table3'

/** The value below which this part (0 to 1) of the values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]
  if (value === undefined) throw new Error('there is nothing to take a quantile of')
  return value
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(0)} %`

export const say = (text: string): void => void process.stdout.write(`${text}\n`)

export function sayTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const table = new Table({ head: [...head], style: { head: [], border: [] } })
  table.push(...rows.map((row) => [...row]))
  say(table.toString())
}

/** How busy the machine was, with other work too: figures taken on a busy one say little. */
export const sayLoad = (): void =>
  say(`Load of the machine in the last minute: ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors.`)
