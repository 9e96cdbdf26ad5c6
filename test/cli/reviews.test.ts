import { beforeAll, describe, expect, test } from 'vitest'
import { testApi } from '../support/api.ts'
import { withRule } from '../support/rules.ts'
import { run } from './support/run.ts'

const api = testApi()
const production = 'production-with-a-dba'
const DAY = 86_400_000
const as = (person: string, ...args: readonly string[]) => run(args, { env: { SALLYPORT_URL: api.url, SALLYPORT_TOKEN: `dev-${person}` } })

beforeAll(() =>
  api.useRules(
    withRule(production, {
      emergency: { who: { groups: ['developers'] }, longest: 'PT2H', review: { groups: ['dba'] } },
      standing: { reviewEvery: 'P90D', remindBefore: 'P89D', reviewers: { groups: ['dba'] } },
    }),
  ),
)

async function reviewOf(request: string): Promise<string> {
  const [review] = (await api.as('dba').reviews({ request })).items
  return review?.id ?? 'none'
}

async function emergency(changes: object = {}) {
  const request = await api.as('developer').ask({ emergency: true, ...changes })
  return { request: request.id, review: await reviewOf(request.id), grant: request.grants[0]?.id ?? 'none' }
}

/** Standing access that is due in a few days. */
async function standing() {
  const asked = await api.as('developer').ask({ duration: null })
  const { grants } = await api.as('dba').approve(asked.id)
  const grant = grants[0]?.id ?? 'none'
  await api.change('grant', `starts_at = now() - interval '80 days', ends_at = now() + interval '5 days'`, grant)
  return { request: asked.id, review: await reviewOf(asked.id), grant }
}

describe('reviews', () => {
  test('tells what waits for a signature of mine, and why it was asked for', async () => {
    const { review } = await emergency({ reason: 'The shop is down' })
    const { out, err, code } = await as('dba', 'reviews')
    expect([err, code]).toEqual(['', 0])
    expect(out).toMatch(new RegExp(`^${review} +emergency +developer +db_user on orders .*The shop is down$`, 'm'))
    const json = JSON.parse((await as('dba', 'reviews', '--json')).out)
    expect(json.map(({ id }: { id: string }) => id)).toContain(review)
    expect((await as('developer', 'reviews')).out).toBe('No review waits for you.\n')
  })

  test('are counted by list and by me', async () => {
    await emergency()
    expect((await as('dba', 'list')).out).toMatch(/^For you to review: \d+\. To see them: sallyport reviews$/m)
    expect((await as('developer', 'list')).out).not.toContain('For you to review')
    expect((await as('dba', 'me')).out).toMatch(/to review +[1-9]\d*\n/)
    expect((await as('developer', 'me')).out).toMatch(/to review +0\n/)
  })

  test('are shown one by one, to whom they concern', async () => {
    const { review, request } = await emergency()
    const { out } = await as('developer', 'show', review)
    expect(out).toContain(`Review ${review} of emergency access is open.`)
    expect(out).toMatch(/access +db_user on orders\n/)
    expect(out).toMatch(/can sign +dba, dba-2\n/)
    expect(out).toMatch(new RegExp(`request +${request}\n`))
    expect((await as('developer-2', 'show', review)).code).toBe(1)
  })
})

describe('sign', () => {
  test('says what is thought of emergency access, by the request', async () => {
    const { review, request } = await emergency()
    const { out, code } = await as('dba', 'sign', request, 'justified', '--note', 'INC-17')
    expect(out).toContain(`Review ${review} of emergency access is signed: justified.`)
    expect(out).toMatch(/signed +by dba, .*: INC-17\n/)
    expect(code).toBe(0)
  })

  test('ends what is left of what is not justified, by the end of the id', async () => {
    const { review, grant } = await emergency()
    expect((await as('dba', 'sign', review.slice(-8), 'unjustified', '--note', 'No incident')).code).toBe(0)
    expect(await api.as('developer').grant(grant)).toMatchObject({ endReason: 'reviewed' })
  })

  test('keeps standing access until its next review', async () => {
    const { review, grant } = await standing()
    expect((await as('dba', 'show', review)).out).toMatch(/ends +unless it is kept by /)
    expect((await as('dba', 'sign', review, 'keep', '--note', 'Still needed')).out).toContain('is signed: keep.')
    expect(Date.parse((await api.as('developer').grant(grant)).endsAt) - Date.now()).toBeGreaterThan(89 * DAY)
  })

  test('takes whose access it is for a name, while only one waits', async () => {
    for (const { id } of (await api.as('dba').reviews({ reviewer: 'me' })).items)
      await api.as('dba').sign(id, (await as('dba', 'show', id)).out.includes('standing') ? 'keep' : 'justified')
    const [one, other] = [await emergency({ beneficiary: 'developer-2' }), await emergency({ beneficiary: 'developer-2' })]
    const { err, code } = await as('dba', 'sign', 'developer-2', 'justified', '--note', 'x')
    expect(code).toBe(2)
    for (const { review } of [one, other]) expect(err).toContain(`\n  ${review}  emergency access of developer-2`)
    expect((await as('dba', 'sign', one.review, 'justified', '--note', 'x')).code).toBe(0)
    expect((await as('dba', 'sign', 'developer-2', 'justified', '--note', 'x')).out).toContain(other.review)
  })

  test.each([
    [['sign', 'nothing', 'keep', '--note', 'x'], 2, '"nothing" is no review that waits for you; `sallyport reviews` shows them.'],
    [['sign', 'nothing', 'fine', '--note', 'x'], 2, 'Allowed choices are justified, unjustified, keep, end.'],
    [['sign', 'nothing', 'keep'], 2, "required option '--note <text>' not specified"],
    [['sign', 'rev_01kazv5vb4pex5vsknk084sn02', 'keep', '--note', 'x'], 1, '`sallyport reviews` shows those that wait for you'],
  ])('%j is refused, and says what to do', async (args, exitCode, said) => {
    const { out, err, code } = await as('dba', ...args)
    expect([out, code]).toEqual(['', exitCode])
    expect(err).toContain(said)
  })

  test('is refused to whose access it is, and for what the other kind of review has', async () => {
    const { review } = await emergency()
    const own = await as('developer', 'sign', review, 'justified', '--note', 'x')
    expect([own.code, own.err]).toEqual([1, expect.stringContaining('Nobody approves what they asked for or will use')])
    const other = await as('dba', 'sign', review, 'keep', '--note', 'x')
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('outcome must be justified or unjustified')])
  })
})
