import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** For each rule a file that breaks it: where it stands, and what it imports. */
const violations: Record<string, readonly [file: string, imports: string]> = {
  'kernel-looks-down': ['src/kernel/ids.ts', '../policy/index.ts'],
  'config-looks-down': ['src/config/file.ts', '../db/index.ts'],
  'policy-looks-down': ['src/policy/compile.ts', '../grants/index.ts'],
  'rules-looks-down': ['src/rules/judge.ts', '../identity/index.ts'],
  'db-looks-down': ['src/db/migrate.ts', '../jobs/index.ts'],
  'aws-looks-down': ['src/aws/session.ts', '../grants/index.ts'],
  'audit-looks-down': ['src/audit/event.ts', '../requests/index.ts'],
  'jobs-looks-down': ['src/jobs/sweep.ts', '../reconcile/index.ts'],
  'identity-looks-down': ['src/identity/caller.ts', '../requests/index.ts'],
  'notices-looks-down': ['src/notices/notice.ts', '../grants/index.ts'],
  'slack-looks-down': ['src/slack/ask.ts', '../tickets/index.ts'],
  'tickets-looks-down': ['src/tickets/ask.ts', '../slack/index.ts'],
  'reviews-looks-down': ['src/reviews/sign.ts', '../requests/index.ts'],
  'scim-looks-down': ['src/scim/scim.ts', '../requests/index.ts'],
  'webhooks-looks-down': ['src/webhooks/message.ts', '../grants/index.ts'],
  'catalog-looks-down': ['src/catalog/database.ts', '../identity/index.ts'],
  'snapshot-looks-down': ['src/snapshot/snapshot.ts', '../grants/index.ts'],
  'grants-looks-down': ['src/grants/grant.ts', '../requests/index.ts'],
  'access-looks-down': ['src/access/report.ts', '../requests/index.ts'],
  'requests-looks-down': ['src/requests/ask.ts', '../reconcile/index.ts'],
  'reconcile-looks-down': ['src/reconcile/plan.ts', '../requests/index.ts'],
  'doctor-looks-down': ['src/doctor/check-account.ts', '../grants/index.ts'],
  'http-looks-down': ['src/http/server.ts', '../app/index.ts'],
  'console-looks-down': ['src/console/page.ts', '../app/index.ts'],
  'client-looks-down': ['src/client/send.ts', '../kernel/index.ts'],
  'cli-looks-down': ['src/cli/list.ts', '../grants/index.ts'],
  'routes-look-down': ['src/grants/routes.ts', '../app/index.ts'],
  'no-circles': ['src/kernel/circle.ts', './other-half.ts'],
  'through-the-door': ['src/requests/inside.ts', '../grants/open-grants.ts'],
  'routes-only-in-app': ['src/http/all-routes.ts', '../grants/routes.ts'],
  'pure-core': ['src/policy/read.ts', 'node:fs'],
  'client-alone': ['src/client/read.ts', 'node:fs'],
  'aws-sdk-only-in-aws': ['src/reconcile/write.ts', '@aws-sdk/client-iam'],
  'sql-only-in-stores': ['src/requests/query.ts', 'pg'],
  'fastify-only-in-http': ['src/requests/answer.ts', 'fastify'],
  'dev-not-in-production': ['src/app/build-api.ts', '../dev/index.ts'],
  'dev-only-when-asked': ['src/app/serve.ts', './dev.ts'],
  'no-tests-in-production': ['src/app/build-worker.ts', '../../test/fake.ts'],
  'no-development-packages-in-production': ['src/config/check.ts', 'fast-check'],
  'no-orphans': ['src/kernel/forgotten.ts', ''],
  resolvable: ['src/kernel/lost.ts', './nowhere.ts'],
}

const also: Record<string, string> = {
  'src/kernel/other-half.ts': './circle.ts',
  'src/grants/open-grants.ts': '../kernel/circle.ts',
  'test/fake.ts': 'node:fs',
  'src/app/dev.ts': '../dev/index.ts',
}

const options = await extractDepcruiseOptions('./.dependency-cruiser.mjs')
let folder: string
let broken: { rule: string; file: string }[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-import-rules-'))
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  for (const file of ['package.json', 'tsconfig.json']) await cp(file, join(folder, file))
  const doors = Object.values(violations)
    .map(([, imports]) => imports)
    .filter((imports) => imports.endsWith('/index.ts'))
  for (const door of doors) await plant(door.replace('..', 'src'), './own.ts')
  for (const door of doors) await plant(door.replace('..', 'src').replace('index', 'own'), 'node:crypto')
  for (const [file, imports] of [...Object.values(violations), ...Object.entries(also)]) await plant(file, imports)
  const { output } = await cruise(['src', 'test'], { ...options, baseDir: folder, validate: true })
  if (typeof output === 'string') throw new Error(output)
  broken = output.summary.violations.map(({ rule, from }) => ({ rule: rule.name, file: from }))
})

afterAll(() => rm(folder, { recursive: true }))

async function plant(file: string, imports: string): Promise<void> {
  await mkdir(join(folder, dirname(file)), { recursive: true })
  await writeFile(join(folder, file), imports === '' ? 'export {}\n' : `import type * as it from '${imports}'\n`)
}

test.each(Object.entries(violations))('%s refuses it in %j', (rule, [file]) => {
  expect(broken).toContainEqual({ rule, file })
})

test('no import rule is without an example of what it refuses', () => {
  expect(Object.keys(violations).sort()).toEqual(options.ruleSet?.forbidden?.map((rule) => rule.name).sort())
})
