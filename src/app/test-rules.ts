import { loadRuleCases, loadSallyportFile, type RuleCase, type SallyportFile } from '../config/index.ts'
import { formatDuration } from '../kernel/duration.ts'
import { SallyportError } from '../kernel/errors.ts'
import { inWords } from './explain-rules.ts'
import { type Thought, think } from './hypothesis.ts'

/**
 * `sallyport rules test`: holds a file's rules against cases. Answers what to print, a line for each case and the reasoning
 * of those that fail, and the exit code: 1 if one of them does. Throws a ConfigError for a file that cannot be read.
 */
export async function testRulesCommand(casesPath: string, rulesPath: string): Promise<{ readonly text: string; readonly exitCode: 0 | 1 }> {
  const { file } = await loadSallyportFile(rulesPath)
  const results = (await loadRuleCases(casesPath)).map((each) => ({ name: each.name, ...tried(file, each) }))
  const failed = results.filter(({ faults }) => faults.length > 0).length
  const lines = results.map(({ name, faults, words }) =>
    faults.length === 0 ? `ok    ${name}` : [`FAIL  ${name}`, ...faults.map((fault) => `      ${fault}`), words].join('\n'),
  )
  return { text: [...lines, `${results.length - failed} passed, ${failed} failed`].join('\n'), exitCode: failed === 0 ? 0 : 1 }
}

function tried(file: SallyportFile, { ask, expect }: RuleCase): { readonly faults: readonly string[]; readonly words: string } {
  try {
    const thought = think(file, ask)
    return { faults: faultsIn(thought, ask, expect), words: inWords(thought) }
  } catch (error) {
    if (!(error instanceof SallyportError)) throw error
    return { faults: [`it cannot be asked for at all (${error.code})`], words: `  ${error.message}` }
  }
}

function faultsIn(
  { judgement, reasoning, approvers, later }: Thought,
  ask: RuleCase['ask'],
  expect: RuleCase['expect'],
): readonly string[] {
  const longest = judgement.allowed ? judgement.durationLongest : null
  const tooLong = ask.duration !== null && longest !== null && ask.duration > longest
  const allowed = judgement.allowed && !tooLong
  if (allowed !== expect.allowed) {
    const why = tooLong ? `: ${formatDuration(ask.duration ?? 0)} is more than ${formatDuration(longest ?? 0)}` : ''
    return [`it is ${allowed ? 'allowed' : `refused${why}`}, and should be ${expect.allowed ? 'allowed' : 'refused'}`]
  }
  const settling = reasoning.readings.find(({ result }) => result === 'denies' || result === 'decides')?.rule ?? 'no rule'
  const sorted = (ids: readonly string[]) => [...ids].sort().join(', ') || 'nobody'
  return [
    ...(expect.rule === null || expect.rule === settling ? [] : [`${settling} settles it, and ${expect.rule} should`]),
    ...(expect.approvers === null || sorted(expect.approvers) === sorted(approvers)
      ? []
      : [`${sorted(approvers)} could approve, and it should be ${sorted(expect.approvers)}`]),
    ...(expect.approversLater === null || sorted(expect.approversLater) === sorted(later)
      ? []
      : [`${sorted(later)} could approve after a wait, and it should be ${sorted(expect.approversLater)}`]),
    ...(expect.longest === null || expect.longest === longest
      ? []
      : [`it can last ${longest === null ? 'not at all' : formatDuration(longest)}, and should ${formatDuration(expect.longest)}`]),
  ]
}
