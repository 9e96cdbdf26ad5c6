import { describe, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { eventually, testApi } from '../support/api.ts'
import type { RuleChange } from '../support/rules.ts'

/** A rule of the dba's for whole databases and whole regions; the demo denies owners, which every wildcard of users overlaps. */
const wildcardRule: RuleChange = (file) => {
  file.rules = [
    {
      name: 'wide',
      who: { groups: ['developers'] },
      databases: {},
      dbUsers: ['*'],
      principals: ['arn:aws:iam::123456789012:role/*'],
      wildcards: { dbUsers: true, databases: true },
      approvals: [{ from: { groups: ['dba'] }, count: 1 }],
      duration: { default: 'PT1H', longest: 'PT8H' },
    },
  ]
}
const api = testApi({ rules: wildcardRule, worker: true })
const developer = api.as('developer')
const dba = api.as('dba')
const region = 'us-east-2'
const prefix = 'arn:aws:rds-db:us-east-2:123456789012:dbuser:'

async function newRole(): Promise<{ readonly principal: string; readonly name: string }> {
  const name = `wide-${newId('tgt').slice(-8)}`
  await api.makeRole(name)
  return { principal: `arn:aws:iam::123456789012:role/${name}`, name }
}

async function granted(entitlements: readonly object[]) {
  const { principal, name } = await newRole()
  const asked = await developer.ask({ principal, entitlements })
  const approved = await dba.approve(asked.id)
  return { asked, approved, name }
}

/** Waits until IAM holds exactly this. */
const holds = (name: string, ...resources: readonly string[]) =>
  eventually(async () =>
    expect(JSON.parse((await api.document('role', name)) ?? 'null')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['rds-db:connect'], Resource: resources }],
    }),
  )

describe('the patterns of AWS’s page', () => {
  it('all database users of all databases', async () => {
    const { asked, name } = await granted([{ database: { region }, dbUser: '*' }])
    await holds(name, `${prefix}*/*`)
    expect(asked.entitlements).toMatchObject([{ database: null, dbUser: '*', resource: `${prefix}*/*`, selector: { region, tags: null } }])
    expect(asked.entitlements[0]?.covers).toMatch(
      /^Every user of every database of us-east-2 in account 123456789012: \d+ databases known today\. Whatever is made .* joins at once/,
    )
  })

  it('one database user of all databases', async () => {
    const { asked, name } = await granted([{ database: { region }, dbUser: 'jane_doe' }])
    await holds(name, `${prefix}*/jane_doe`)
    expect(asked.entitlements[0]?.covers).toMatch(/^The user jane_doe of every database of us-east-2/)
  })

  it('all database users of one database, beside which one of them needs no ARN of its own', async () => {
    const cluster = 'cluster-ABCDEFGHIJKL01234'
    const { name, approved } = await granted([
      { database: cluster, dbUser: '*' },
      { database: cluster, dbUser: 'db_user' },
    ])
    await holds(name, `${prefix}${cluster}/*`)
    expect(approved.entitlements[0]?.covers).toContain('its owner and administrators too')
    expect(approved.entitlements[1]?.covers).toBeNull()
  })
})

describe('databases by tag', () => {
  it('are those that have all of the tags now, one grant each, which an approver may take or leave together', async () => {
    const { principal } = await newRole()
    const byTag = { database: { region, tags: { environment: 'production', team: 'shop' } }, dbUser: 'db_user' }
    const asked = await developer.ask({
      principal,
      entitlements: [byTag, { database: 'db-REPORTSREPORTS0123456789AB', dbUser: 'jane_doe' }],
    })
    const tagged = asked.entitlements.filter(({ selector }) => selector !== null)
    expect(tagged.length).toBeGreaterThan(0)
    expect(tagged.map(({ database }) => database?.resourceId)).toContain('cluster-ABCDEFGHIJKL01234')
    expect(tagged.every(({ covers }) => covers?.startsWith('Chosen by tags (environment: production, team: shop): ') === true)).toBe(true)
    const approved = await dba.approve(asked.id, { entitlements: [byTag] })
    expect(approved.grants.map(({ resource }) => resource).sort()).toEqual(tagged.map(({ resource }) => resource).sort())
  })

  it('that nothing has are refused, and so is a region that the account does not have', async () => {
    const asking = (database: object) => developer.ask({ entitlements: [{ database, dbUser: 'db_user' }] })
    await expect(asking({ region, tags: { team: 'nobody' } })).rejects.toMatchObject({
      status: 422,
      code: 'unknown_database',
      detail: 'No database of 123456789012 in us-east-2 has team: nobody.',
    })
    await expect(asking({ region: 'eu-west-1' })).rejects.toMatchObject({
      code: 'unknown_database',
      pointers: ['/entitlements/0/database'],
    })
    await expect(asking({ region, tags: {} })).rejects.toMatchObject({ status: 400, code: 'invalid_request' })
  })
})

describe('a grant with a wildcard', () => {
  it('is told for which database and which user it is to connect', async () => {
    const { approved } = await granted([{ database: { region }, dbUser: '*' }])
    const id = approved.grants[0]?.id ?? ''
    await expect(developer.connect(id)).rejects.toMatchObject({ status: 400, pointers: ['/dbUser'] })
    await expect(developer.connect(id, { dbUser: 'jane_doe' })).rejects.toMatchObject({ pointers: ['/database'] })
    await expect(developer.connect(id, { dbUser: 'x*', database: 'cluster-ABCDEFGHIJKL01234' })).rejects.toMatchObject({
      code: 'invalid_db_user',
    })
    const { user, host } = await developer.connect(id, { dbUser: 'jane_doe', database: 'cluster-ABCDEFGHIJKL01234' })
    expect({ user, host }).toEqual({ user: 'jane_doe', host: expect.stringContaining('orders') })
  })

  it('is among the grants of each database that it covers', async () => {
    const { approved } = await granted([{ database: { region }, dbUser: 'mary_roe' }])
    const listed = await developer.grants({ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'mary_roe' })
    expect(listed.items.map(({ id }) => id)).toContain(approved.grants[0]?.id)
  })
})

describe('a wildcard that the rules do not name', () => {
  it.each([
    ['users', { database: 'cluster-ABCDEFGHIJKL01234', dbUser: '*' }, 'it does not have `wildcards.dbUsers`'],
    ['databases', { database: { region }, dbUser: 'db_user' }, 'it does not have `wildcards.databases`'],
  ])('is refused: all %s', async (_, entitlement, why) => {
    await api.useRules(wildcardRule, (file) => delete file.rules[0]?.['wildcards'])
    await expect(developer.ask({ entitlements: [entitlement] })).rejects.toMatchObject({
      status: 403,
      code: 'refused_by_rules',
      detail: expect.stringContaining(why),
    })
    await api.useRules(wildcardRule)
  })

  it('is refused where it overlaps a deny', async () => {
    await api.useRules(wildcardRule, (file) => file.rules.unshift({ name: 'no-owners', effect: 'deny', dbUsers: ['postgres'] }))
    await expect(developer.ask({ entitlements: [{ database: { region }, dbUser: '*' }] })).rejects.toMatchObject({
      detail: 'Rule no-owners denies every user on every database of us-east-2 in 123456789012.',
    })
    await api.useRules(wildcardRule)
  })
})
