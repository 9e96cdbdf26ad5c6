import type { Reporter, SerializedError, TestModule, TestSuite } from 'vitest/node'

/**
 * Ends the output with `N passed, N failed` (`, N skipped` may follow). A file or suite that broke outside its tests and an
 * unhandled error count as failed, and so does a run without a single test, which would otherwise look like success.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: 'passed' | 'failed' | 'skipped') => tests.filter((test) => test.result().state === state).length
    const broken = modules.flatMap((module) => [module, ...module.children.allSuites()]).filter(brokenItself).length
    const passed = count('passed')
    const skipped = count('skipped')
    const failed = tests.length - passed - skipped + broken + unhandled.length
    if (failed > 0 || passed === 0) process.exitCode = 1
    process.once('exit', () => console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`))
  }
}

const brokenItself = (item: TestModule | TestSuite): boolean => item.errors().length > 0
