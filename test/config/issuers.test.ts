import { describe, expect, it } from 'vitest'
import { ConfigError, readContent } from '../../src/config/index.ts'

const issuer = 'https://login.example.com'
const developer = { id: 'developer', groups: ['developers'], identities: [{ issuer, subject: '00u1' }] }
const approvedBy = (group: string) => ({
  name: 'one',
  who: { groups: ['developers'] },
  databases: {},
  dbUsers: ['db_user'],
  principals: ['arn:aws:iam::123456789012:role/app-*'],
  approvals: [{ from: { groups: [group] }, count: 2 }],
  duration: { default: 'PT1H', longest: 'PT1H' },
})

const problems = (content: object): readonly string[] => {
  try {
    readContent(content)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('an issuer', () => {
  it('says by itself only who logged in, with RS256', () => {
    const file = readContent({ issuers: [{ issuer, audience: 'sallyport' }], people: [developer] })
    expect(file.issuers).toEqual([{ issuer, audience: 'sallyport', algorithms: ['RS256'], authoritative: null }])
    expect(file.people[0]?.identities).toEqual([{ issuer, subject: '00u1' }])
  })

  it('can be believed about people and groups', () => {
    const groups = { claim: 'groups', names: { 'Database Admins': 'dba' } }
    const content = { issuers: [{ issuer, audience: 'sallyport', authoritative: { person: 'preferred_username', groups } }] }
    expect(readContent(content).issuers[0]?.authoritative).toEqual({ person: 'preferred_username', groups })
  })

  it('makes groups that rules may name, however few are in them by the file', () => {
    const groups = { claim: 'groups', names: { 'Database Admins': 'dba' } }
    const people = [{ id: 'developer', groups: ['developers'] }]
    expect(
      problems({ issuers: [{ issuer, audience: 'sallyport', authoritative: { groups } }], people, rules: [approvedBy('dba')] }),
    ).toEqual([])
    expect(
      problems({ issuers: [{ issuer, audience: 'sallyport', authoritative: { groups } }], people, rules: [approvedBy('dbas')] }),
    ).toEqual(['rules[0].approvals[0].from.groups[0]: nobody is in group dbas; did you mean dba?'])
  })

  it.each([
    ['http', 'http://login.example.com'],
    ['a name that only begins like loopback', 'http://localhost.example.com'],
    ['a query', 'https://login.example.com?tenant=1'],
    ['a fragment', 'https://login.example.com#'],
    ['a password', 'https://jane:secret@login.example.com'],
    ['no URL', 'login.example.com'],
  ])('is refused with %s', (_, url) => {
    expect(problems({ issuers: [{ issuer: url, audience: 'sallyport' }] })).toEqual([
      'issuers[0].issuer: must be a https URL without query or fragment, as it stands in `iss`',
    ])
  })

  it('may be without TLS on loopback, which serve refuses', () => {
    expect(problems({ issuers: [{ issuer: 'http://127.0.0.1:4000', audience: 'sallyport' }] })).toEqual([])
  })

  it.each(['none', 'HS256', 'rs256', 'RSA-OAEP'])('cannot sign with %s', (algorithm) => {
    const [problem] = problems({ issuers: [{ issuer, audience: 'sallyport', algorithms: [algorithm] }] })
    expect(problem).toMatch(/^issuers\[0\].algorithms\[0\]: must be one of RS256, /)
  })

  it('needs an audience, some algorithm, and a name of its own', () => {
    expect(problems({ issuers: [{ issuer, algorithms: [] }] })).toEqual([
      'issuers[0].audience: is missing',
      'issuers[0].algorithms: must not be empty; leave it out for RS256',
    ])
    const twice = [
      { issuer, audience: 'sallyport' },
      { issuer, audience: 'other' },
    ]
    expect(problems({ issuers: twice })).toEqual([`issuers[1].issuer: ${issuer} is already the issuer of issuers[0]`])
  })
})

describe('an identity', () => {
  const issuers = [{ issuer, audience: 'sallyport' }]

  it('is of an issuer that is listed', () => {
    expect(problems({ people: [developer] })).toEqual([`people[0].identities[0].issuer: ${issuer} is not listed under issuers`])
    expect(problems({ issuers: [{ ...issuers[0], issuer: `${issuer}/` }], people: [developer] })).toEqual([
      `people[0].identities[0].issuer: ${issuer} is not listed under issuers; did you mean ${issuer}/?`,
    ])
  })

  it('is one person’s', () => {
    expect(problems({ issuers, people: [developer, { ...developer, id: 'dba' }] })).toEqual([
      'people[1].identities[0]: is already an identity of developer',
    ])
  })
})
