import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { json, scriptedServer } from '../support/scripted-server.ts'

const server = scriptedServer()
const run = promisify(execFile)
const tsc = (...args: string[]) =>
  run('node_modules/.bin/tsc', args).catch(({ stdout }: { stdout: string }) => {
    throw new Error(`tsc ${args.join(' ')} says:\n${stdout}`)
  })

/** A folder of somebody else's, with Sallyport installed as npm would. */
let outside = ''
const installed = (...path: string[]) => join(outside, 'node_modules', 'sallyport', ...path)

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'sallyport-package-'))
  await mkdir(installed(), { recursive: true })
  await cp('package.json', installed('package.json'))
  await symlink(resolve('node_modules'), installed('node_modules'))
  // As `npm run build` does, but for the types of the whole, which tools.test.ts checks.
  await Promise.all([
    tsc('-p', 'tsconfig.build.json', '--noCheck', '--outDir', installed('dist')),
    tsc('-p', 'tsconfig.client.json', '--outDir', installed('dist')),
  ])
}, 300_000)
afterAll(() => rm(outside, { recursive: true }))

describe('the package', () => {
  test('gives a TypeScript program elsewhere a client that it, and the example of the docs, compile against', {
    timeout: 60_000,
  }, async () => {
    server.replies(json(200, { items: [{ id: 'grt_1', status: 'active' }], nextCursor: null }))
    const program = `
      import { createSallyport, type Grant, SallyportProblem } from 'sallyport/client'

      const sallyport = createSallyport({ baseUrl: '${server.url}', token: async () => 'slp_key', onBehalfOf: 'developer' })
      const ids: Grant['id'][] = []
      for await (const { id } of sallyport.each('/v1/grants', { params: { query: { status: 'active' } } })) ids.push(id)
      console.log(ids.join(), SallyportProblem.name)

      export const wrong = [
        // @ts-expect-error The API has no such address.
        () => sallyport.get('/v1/nothing'),
        // @ts-expect-error A request needs a reason.
        () => sallyport.post('/v1/requests', { body: { principal: 'arn:aws:iam::123456789012:role/app-reader', entitlements: [] } }),
        // @ts-expect-error No grant is so.
        () => sallyport.get('/v1/grants', { params: { query: { status: 'no' } } }),
      ]
    `
    await writeFile(join(outside, 'package.json'), JSON.stringify({ type: 'module' }))
    await writeFile(join(outside, 'program.ts'), program)
    const [, documented] = /```ts\n(.*?)```/s.exec(await readFile('docs/client.md', 'utf8')) ?? []
    await writeFile(join(outside, 'documented.ts'), `declare const token: string\n${documented}`)
    const options = {
      target: 'ES2023',
      lib: ['ES2023', 'DOM'],
      module: 'NodeNext',
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
    }
    await writeFile(join(outside, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['program.ts', 'documented.ts'] }))
    await tsc('-p', outside)
    expect((await run(process.execPath, [join(outside, 'program.js')])).stdout).toBe('grt_1 SallyportProblem\n')
    expect(server.received).toMatchObject([{ path: '/v1/grants?status=active', headers: { authorization: 'Bearer slp_key' } }])
  })

  const sallyport = (...args: string[]) => run(process.execPath, [installed('dist', 'main.js'), ...args], { cwd: outside })

  test('has commands that tell what they are', async () => {
    const { stdout } = await sallyport('--help')
    expect(stdout).toMatch(/^For people:\n {2}login /m)
    expect(stdout).toMatch(/^For operators:\n {2}dev /m)
  })

  test('compiles policies with no settings at all', async () => {
    const role = 'arn:aws:iam::123456789012:role/developer'
    const resource = 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe'
    await writeFile(join(outside, 'entries.json'), JSON.stringify([{ principal: role, resource }]))
    expect((await sallyport('policy', 'compile', 'entries.json')).stdout).toContain(resource)
  })
})
