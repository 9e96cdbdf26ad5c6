import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testApi } from '../support/api.ts'
import { openIdProvider } from './support/openid-provider.ts'
import { run, type World } from './support/run.ts'

const provider = openIdProvider({ accessTokenLives: 300 })
const api = testApi({
  rules: (file) => {
    const developer = file.people.find(({ id }) => id === 'developer')
    Object.assign(developer ?? {}, { identities: [{ issuer: provider.url, subject: 'developer-at-issuer' }] })
    Object.assign(file, { issuers: [{ issuer: provider.url, audience: 'sallyport', algorithms: ['ES256'] }] })
  },
})
let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sallyport-login-'))
})
afterEach(() => rm(home, { recursive: true }))

const path = () => join(home, 'sallyport', 'login.json')
const kept = async () => JSON.parse(await readFile(path(), 'utf8'))
const at = (args: readonly string[], world: World = {}) => run(args, { ...world, env: { XDG_CONFIG_HOME: home, ...world.env } })

/** Logs in as somebody, who does in the browser what they are told. */
async function login(as: string) {
  let told = ''
  const args = ['login', '--url', api.url, '--issuer', provider.url, '--client-id', 'sallyport-cli']
  return at(args, { meanwhile: () => provider.approve(told, as), hears: (text) => (told += text) })
}

describe('login by the device flow of an OpenID provider', () => {
  test('makes a person of a login that sallyport.yaml knows', async () => {
    const { out, err, code } = await login('developer-at-issuer')
    expect([err.split('\n').at(-2), code]).toEqual(['Waiting…', 0])
    expect(err).toMatch(/^Open \S+ in a browser and enter the code \w{4}-\w{4},$/m)
    expect(out).toBe(`You are logged in at ${api.url} as developer; the login is kept in ${path()}.\n`)
    expect((await at(['list'])).out).toMatch(/^You have no access at this moment\.$/m)
    expect((await stat(path())).mode & 0o777).toBe(0o600)
    expect(out + err).not.toContain((await kept()).token)
  })

  test('is nobody, if sallyport.yaml does not know the login', async () => {
    const { err, code } = await login('stranger')
    expect(err).toContain('What to do: ')
    expect(code).toBe(1)
    await expect(kept()).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('renews the token before it ends, and keeps the new one', async () => {
    await login('developer-at-issuer')
    const before = await kept()
    const soon = new Date(Date.now() + 30_000).toISOString()
    await writeFile(path(), JSON.stringify({ ...before, expiresAt: soon }))
    expect((await at(['list'])).code).toBe(0)
    const after = await kept()
    expect(after.token).not.toBe(before.token)
    expect(Date.parse(after.expiresAt)).toBeGreaterThan(Date.parse(soon))
    expect((await stat(path())).mode & 0o777).toBe(0o600)
  })

  test('says that one must log in again when the issuer renews it no longer', async () => {
    await login('developer-at-issuer')
    const before = await kept()
    await writeFile(
      path(),
      JSON.stringify({ ...before, expiresAt: new Date().toISOString(), issued: { ...before.issued, refreshToken: 'gone' } }),
    )
    expect(await at(['list'])).toMatchObject({ err: `Your login at ${api.url} has ended. Run \`sallyport login\`.\n`, code: 1 })
  })

  test('goes to no other Sallyport than the one it is for', async () => {
    await login('developer-at-issuer')
    const { err, code } = await at(['list'], { env: { SALLYPORT_URL: 'https://elsewhere.example' } })
    expect(err).toContain(`you are logged in at ${api.url}`)
    expect(code).toBe(2)
  })
})

describe('login with an API key', () => {
  const withKey = (input: string, more: NodeJS.ProcessEnv = {}) => at(['login', '--url', api.url, '--key'], { input, env: more })

  test('reads it from standard input, and acts for the person that is named', async () => {
    const { token } = await api.key({ name: 'portal-at-terminal', scopes: ['read', 'ask'] })
    const env = { SALLYPORT_ON_BEHALF_OF: 'developer' }
    expect((await withKey(`${token}\n`, env)).code).toBe(0)
    expect((await stat(path())).mode & 0o777).toBe(0o600)
    expect((await at(['list'], { env })).out).toMatch(/^You have no access at this moment\.$/m)
  })

  test.each([
    ['', 'There is no key on standard input.'],
    ['slp_wrong', 'What to do: Set SALLYPORT_TOKEN to a valid API key'],
  ])('keeps nothing of %j', async (input, said) => {
    const { err, code } = await withKey(input)
    expect(err).toContain(said)
    expect(code).toBe(1)
    await expect(kept()).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

test('logout forgets the login', async () => {
  await login('developer-at-issuer')
  expect((await at(['logout'])).out).toBe('You are logged out.\n')
  expect((await at(['logout'])).out).toBe('You were not logged in.\n')
  expect(await at(['list'])).toMatchObject({ err: expect.stringContaining('you are not logged in'), code: 2 })
})
