import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { test } from 'vitest'

const checks: Record<string, readonly [tool: string, ...args: string[]]> = {
  'all types fit': ['tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/types.tsbuildinfo'],
  'the code is formatted and passes the linter': ['biome', 'check', '--error-on-warnings'],
  'no file, export or package is unused': ['knip'],
  'imports go one way, and keep the other import rules': ['depcruise', '--config', '.dependency-cruiser.mjs', 'src', 'test', 'scripts'],
  'openapi.yaml and the types of the client are what the routes say': ['tsx', 'scripts/openapi.ts', '--check'],
  'openapi.yaml passes the rules that Redocly recommends': ['redocly', 'lint', '--extends=recommended', 'openapi/openapi.yaml'],
  'openapi.yaml passes the rules that Spectral recommends': ['spectral', 'lint', '--fail-severity=warn', 'openapi/openapi.yaml'],
}

/** Redocly counts its uses and asks for updates over the network. */
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' }

test.each(Object.entries(checks))('%s', { timeout: 300_000 }, async (_, [tool, ...args]) => {
  await promisify(execFile)(`node_modules/.bin/${tool}`, args, { env, maxBuffer: 2 ** 26 }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`${[tool, ...args].join(' ')} says:\n${stdout}${stderr}`)
    },
  )
})
