import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))

it('plays every story to its end, whatever the environment says', { timeout: 120_000 }, async () => {
  const env = { ...process.env, PORT: '1', AWS_ENDPOINT_URL: 'https://iam.amazonaws.com', SALLYPORT_DEV_DATABASE_URL: 'nonsense' }
  // Rejects unless the exit code is 0.
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/dev/demo/play.ts'], { cwd: root, env })
  expect(stdout).toContain('"arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user"')
  expect(stdout).toMatch(/IAM +holds for user\/developer, role\/app-reader, role\/app-writer, in the inline policy sallyport-/)
  expect(stdout).toMatch(/403 self_approval: /)
  expect(stdout).toMatch(/developer-2 +loses it by itself when its time is over/)
  expect(stdout).toMatch(/│ [\d:.]+ │ worker +│ iam\.write\.done +│ role\/app-reader: delete/)
  expect(stdout).toMatch(/Everything went as it should\.\n$/)
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
})
