import { describe, expect, test } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { run, type World } from './support/run.ts'

const api = testApi({ worker: true })
const ROLE = 'arn:aws:iam::123456789012:role/app-reader'
const as = (person: string, args: readonly string[], world: World = {}) =>
  run(args, { ...world, env: { SALLYPORT_URL: api.url, SALLYPORT_TOKEN: `dev-${person}`, ...world.env } })
const asking = ['request', 'db_user@orders', '--principal', ROLE, '--reason', 'Slow invoices']
const idIn = (text: string, prefix: 'req' | 'grt') => new RegExp(`${prefix}_[0-9a-z]{26}`).exec(text)?.[0] ?? 'none'
const ask = async (...more: string[]) => idIn((await as('developer', [...asking, ...more])).out, 'req')
async function granted(): Promise<string> {
  const id = idIn((await as('dba', ['approve', await ask()])).out, 'grt')
  await eventually(async () => expect((await api.as('developer').grant(id)).status).toBe('active'))
  return id
}

describe('request', () => {
  test('asks by names, and says who can approve and how to go on', async () => {
    const { out, err, code } = await as('developer', [...asking, '--duration', '1h30m', '--ticket', 'jira:OPS-17', '--for', 'developer-2'])
    expect([err, code]).toEqual(['', 0])
    expect(out).toMatch(/^Request req_\w+ is pending\.$/m)
    expect(out).toContain('db_user on orders (aurora-postgresql, us-east-2, account 123456789012, cluster-ABCDEFGHIJKL01234)')
    expect(out).toMatch(/for +developer-2\n/)
    expect(out).toMatch(/duration +1 h 30 min\n/)
    expect(out).toMatch(/ticket +jira OPS-17\n/)
    expect(out).toMatch(/can approve +dba, dba-2\n/)
    expect(out).toContain(`sallyport show ${idIn(out, 'req')}`)
  })

  test('asks the person for what is missing', async () => {
    const { out, err, questions } = await as('developer', ['request'], { answers: ['orders', 'db_user', '', ROLE, 'Slow invoices'] })
    expect(questions).toHaveLength(5)
    expect(err).toContain('orders-staging')
    expect(err).not.toContain('archive')
    expect(out).toContain('db_user on orders')
  })

  test.each([
    [['request'], 'Missing: db-user@database, --principal, --reason.'],
    [['request', 'orders', '--principal', ROLE, '--reason', 'x'], '"orders" is not db-user@database'],
    [['request', 'db_user@nothing', '--principal', ROLE, '--reason', 'x'], 'No database is called "nothing"'],
    [[...asking, '--duration', 'soon'], '"soon" is not a duration such as 90m'],
    [[...asking, '--no-such-option'], 'unknown option'],
    [['request', 'db_user@oders', '--principal', ROLE, '--reason', 'x'], 'No database is called "oders"; did you mean orders?'],
    [['request', 'db_user@orders', '--principal', 'app-reader', '--reason', 'x'], '"app-reader" is not the ARN of a principal'],
    [[...asking, '--starts-at', 'tomorrow'], '"tomorrow" is not a time such as'],
    [[...asking, '--ticket', 'OPS-17'], '"OPS-17" is not system:key, such as jira:OPS-17.'],
    [[...asking.slice(0, -1), 'x'.repeat(2001)], 'reason must have at most 2000 characters.\nAdd --help'],
    [['show', 'grant-1'], '"grant-1" is no grant of yours that is in force, and no request that waits'],
    [['deny', 'req_1'], "required option '--reason <text>' not specified"],
  ])('%j is refused as wrong usage', async (args, said) => {
    const { out, err, code } = await as('developer', args)
    expect([out, code]).toEqual(['', 2])
    expect(err).toContain(said)
  })

  test('previews, and exits with 1 where the rules would refuse', async () => {
    const before = await api.snapshot()
    const allowed = await as('developer', [...asking, '--preview'])
    expect(allowed.out).toMatch(/^It would wait for approval\.$/m)
    expect(allowed.out).toMatch(/rule +production-with-a-dba/)
    expect(allowed.out).toContain('"rds-db:connect"')
    const refused = await as('developer', ['request', 'postgres@orders', '--principal', ROLE, '--reason', 'x', '--preview'])
    expect(refused.out).toMatch(/^It would be refused\.\n.*nobody-as-owner/)
    expect([allowed.code, refused.code]).toEqual([0, 1])
    expect(await api.snapshot()).toEqual(before)
  })

  test('waits until the access is there', async () => {
    let approved = false
    const { out, err, code } = await as('developer', [...asking, '--wait'], {
      meanwhile: async () => {
        const { items } = await api.as('developer').requests({ status: 'pending' })
        if (approved || items[0] === undefined)
          return eventually(async () => expect((await api.as('developer').grants({ status: 'applying' })).items).toEqual([]))
        approved = true
        await api.as('dba').approve(items[0].id)
      },
    })
    expect(code).toBe(0)
    expect(err).toMatch(/^Asked: req_\w+\nwaiting for dba, dba-2, until /)
    expect(out).toMatch(/grt_\w+ active, db_user on orders, until /)
    expect(out).toMatch(/sallyport connect grt_\w+\n$/)
  })

  test('waits no longer when it is denied, and exits with 1', async () => {
    const { err, code } = await as('developer', [...asking, '--wait'], {
      meanwhile: async () => {
        const { items } = await api.as('developer').requests({ status: 'pending' })
        await api.as('dba').deny(items[0]?.id ?? '', { comment: 'Use the replica' })
      },
    })
    expect(err).toMatch(/\nRequest req_\w+ is denied by dba: Use the replica\.\n$/)
    expect(code).toBe(1)
  })
})

describe('list', () => {
  test('tells what one has, until when, what ends next, and what one waits for', async () => {
    const [grant, waiting] = [await granted(), await ask('--duration', '2h')]
    const { out } = await as('developer', ['list'])
    expect(out).toMatch(new RegExp(`orders +db_user +active +.*\\(in (59 min|1 h)\\) +${grant}`))
    expect(out).toMatch(/^What ends next: db_user on orders, .*\(in /m)
    expect(out).toMatch(new RegExp(`Waiting for a decision:\n.*\n(.*\n)*${waiting} .* 2 h `))
    expect(out).not.toContain('\u001b')
  })

  test('is about oneself, whatever else one may see', async () => {
    await granted()
    for (const other of ['dba', 'admin']) expect((await as(other, ['list'])).out).toMatch(/^You have no access at this moment\.$/m)
  })

  test('says how much waits for a decision of mine', async () => {
    await ask()
    expect((await as('dba', ['list'])).out).toMatch(/^For you to decide: \d+\. To see them: sallyport list --pending$/m)
    expect((await as('developer', ['list'])).out).not.toContain('For you to decide')
  })

  test('with --pending tells what waits for a decision of mine', async () => {
    const id = await ask()
    expect((await as('dba', ['list', '--pending'])).out).toMatch(new RegExp(`${id} +developer +db_user on orders +1 h .*Slow invoices`))
    expect((await as('developer', ['list', '--pending'])).out).toBe('Nothing waits for you.\n')
  })

  test('is coloured where colours are shown', async () => {
    await granted()
    expect((await as('developer', ['list'], { isColored: true })).out).toContain('\u001b[32mactive\u001b[39m')
  })

  test('is JSON for programs', async () => {
    const grant = await granted()
    const { grants, requests } = JSON.parse((await as('developer', ['list', '--json'])).out)
    expect(grants.map(({ id }: { id: string }) => id)).toContain(grant)
    expect(Array.isArray(requests)).toBe(true)
  })
})

describe('deciding', () => {
  test('approve takes less than was asked for', async () => {
    const { out, code } = await as('dba', ['approve', await ask(), '--duration', '15m', '--only', 'db_user@orders', '--comment', 'Quickly'])
    expect(out).toMatch(/decisions +dba approved for 15 min, .*: Quickly\n/)
    expect(code).toBe(0)
  })

  test('deny says why', async () => {
    expect((await as('dba', ['deny', await ask(), '--reason', 'Not now'])).out).toMatch(/is denied\.\n(.*\n)*.*dba denied, .*: Not now\n/)
  })

  test('a request that waits is named by the end of its id', async () => {
    const id = await ask()
    const { out, code } = await as('dba', ['deny', id.slice(-8), '--reason', 'Not now'])
    expect(out).toContain(`Request ${id} is denied.`)
    expect(code).toBe(0)
    const { err, code: again } = await as('dba', ['approve', id.slice(-8)])
    expect(err).toContain(`"${id.slice(-8)}" is no request that waits, of yours or for your decision`)
    expect(again).toBe(2)
  })

  test('a comment is shown to all who see the request', async () => {
    const id = await ask()
    expect((await as('dba', ['comment', id, 'Is one hour enough?'])).out).toBe(`Kept with ${id}.\n`)
    expect((await as('developer', ['show', id])).out).toMatch(/comments +dba, .*: Is one hour enough\?\n/)
  })

  test('withdraw takes a request back', async () => {
    const id = await ask()
    expect((await as('developer', ['withdraw', id])).out).toBe(`Request ${id} is withdrawn.\n`)
  })

  test('a refusal is told with what to do, and exits with 1', async () => {
    const { out, err, code } = await as('developer', ['approve', await ask()])
    expect([out, code]).toEqual(['', 1])
    expect(err).toMatch(/^Nobody approves what they asked for or will use: .*\nWhat to do: Ask another approver; /)
    expect(err).not.toMatch(/ {4}at /)
  })
})

describe('using a grant', () => {
  test('show tells all of a grant', async () => {
    const { out } = await as('developer', ['show', await granted()])
    expect(out).toMatch(/^Grant grt_\w+ is active\.$/m)
    expect(out).toMatch(/ends +\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d \(in .*\)/)
  })

  test('connect prints a script: what is no command is a comment', async () => {
    const { out } = await as('developer', ['connect', await granted()])
    expect(out).toContain('\nTOKEN="$(aws rds generate-db-auth-token')
    const commands = out.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(commands.map((line) => line.split(/[ =]/)[0])).toEqual(['aws', 'curl', 'TOKEN', 'PGPASSWORD'])
  })

  test('a grant is named by the database and the user, and by the request, while only one is meant', async () => {
    const staging = (user: string) => as('developer', ['request', `${user}@orders-staging`, '--principal', ROLE, '--reason', 'x'])
    const [one, other] = [await staging('one'), await staging('other')]
    const [id, another] = [idIn(one.out, 'grt'), idIn(other.out, 'grt')]
    expect((await as('developer', ['show', 'one@orders-staging'])).out).toContain(`Grant ${id} is `)
    expect((await as('developer', ['show', id.slice(-10)])).out).toContain(`Grant ${id} is `)
    const { out, err, code } = await as('developer', ['return', 'orders-staging'])
    expect([out, code]).toEqual(['', 2])
    expect(err).toMatch(/^"orders-staging" can mean several; name one by its id:\n/)
    expect(err).toContain(`\n  ${another}  other on orders-staging`)
    expect((await as('developer', ['return', 'other@orders-staging'])).out).toContain(another)
    expect((await as('developer', ['return', idIn(one.out, 'req')])).out).toContain(id)
  })

  test('return gives it back, and says what that does not end', async () => {
    const grant = await granted()
    const { out } = await as('developer', ['return', grant, '--comment', 'Done'])
    expect(out).toMatch(new RegExp(`^db_user on orders is given back \\(${grant}\\)\\.\n.*15 minutes`))
  })
})

test('databases lists what can be asked for, and what keeps one from it', async () => {
  const { out } = await as('developer', ['databases'])
  expect(out).toMatch(/^orders +aurora-postgresql +us-east-2 +123456789012 +cluster-ABCDEFGHIJKL01234$/m)
  expect(out).toMatch(/^archive .* IAM authentication is off$/m)
  expect((await as('developer', ['databases', 'no-such'])).out).toBe('There is none with "no-such" in its name.\n')
})

test('access tells who can connect, by the name of a database', async () => {
  const grant = await granted()
  await eventually(async () => {
    const { out, err } = await as('admin', ['access', 'orders', 'db_user'])
    expect(err).toBe('')
    expect(out.replaceAll(/\s|│/g, '')).toContain(grant)
  })
})

test('me tells who one is, and what there is', async () => {
  await granted()
  const { out } = await as('developer', ['me'])
  expect(out).toMatch(/^You are developer\.\n/)
  expect(out).toMatch(/groups +developers\n/)
  expect(out).toMatch(/access +\d+; what ends next: .* on orders/)
  expect((await as('admin', ['me'])).out).toMatch(/also +admin\n/)
})

test('help of each command has an example', async () => {
  const commands = ['me', 'databases', 'request', 'list', 'show', 'approve', 'deny', 'withdraw', 'comment', 'connect', 'extend', 'return']
  for (const name of [...commands, 'reviews', 'sign', 'access', 'login'])
    expect((await run([name, '--help'])).out).toContain(`\n  $ sallyport ${name}`)
})

describe('what others wrote', () => {
  const hostile = 'Fine\u001b[2J\u009b31m\u202eevil\nRequest req_00 is approved.'

  test('cannot steer the terminal, nor look like a line of ours', async () => {
    const { id } = await api.as('developer').ask({ reason: hostile })
    const shown = (await as('dba', ['show', id])).out
    expect(shown).toMatch(/reason +Fine\\u001b\[2J\\u009b31m\\u202eevil Request req_00 is approved\.\n/)
    expect(shown + (await as('dba', ['list', '--pending'])).out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  test('is the same text in JSON, without the characters themselves', async () => {
    const { id } = await api.as('developer').ask({ reason: hostile })
    const { out } = await as('dba', ['show', id, '--json'])
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(JSON.parse(out).reason).toBe(hostile)
  })
})
