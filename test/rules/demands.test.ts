import { describe, expect, it } from 'vitest'
import { judge } from '../../src/rules/index.ts'
import { allow, deny, question } from './world.ts'

const message = 'Say which incident it is, such as INC-17.'
const incident = allow('incidents', { reason: { pattern: String.raw`\bINC-\d+\b`, message } })
const ticketed = (ticket: { system?: string; pattern?: string }) =>
  allow('tickets', { ticket: { system: null, pattern: null, source: null, types: null, message: 'There must be a ticket.', ...ticket } })

describe('a reason that a rule asks for', () => {
  it.each(['INC-17', 'Look into INC-17, please', 'INC-1\nINC-2'])('is there: %j', (reason) => {
    expect(judge([incident], question({ reason }))).toMatchObject({ allowed: true })
  })

  it.each(['', 'inc-17', 'PINC-17', 'INC-'])('is not there: %j', (reason) => {
    expect(judge([incident], question({ reason }))).toEqual({
      allowed: false,
      refusals: [{ position: 0, rule: 'incidents', because: 'reason', detail: message }],
    })
  })

  it('is not looked for elsewhere: the first rule that matches decides, and a denial comes before it', () => {
    expect(judge([incident, allow('lax')], question())).toMatchObject({ allowed: false, refusals: [{ rule: 'incidents' }] })
    expect(judge([allow('lax'), incident], question())).toMatchObject({ allowed: true })
    expect(judge([incident, deny('nobody')], question())).toMatchObject({ refusals: [{ rule: 'nobody', because: 'deny' }] })
  })

  it('takes no more time than the text is long, whatever the pattern', () => {
    const slow = allow('slow', { reason: { pattern: '^(a+)+$', message } })
    expect(judge([slow], question({ reason: `${'a'.repeat(2_000)}b` }))).toMatchObject({ allowed: false })
  })
})

describe('a ticket that a rule asks for', () => {
  const jira = { system: 'jira', key: 'OPS-17', known: null }

  it.each([
    ['any', {}, jira],
    ['of a system', { system: 'jira' }, jira],
    ['with a key', { pattern: '^OPS-' }, jira],
    ['of a system with a key', { system: 'jira', pattern: '^OPS-' }, jira],
  ])('is there: %s', (_what, wanted, ticket) => {
    expect(judge([ticketed(wanted)], question({ ticket }))).toMatchObject({ allowed: true })
  })

  it.each([
    ['none', {}, null],
    ['none, where any key would do', { pattern: '' }, null],
    ['of another system', { system: 'github' }, jira],
    ['with another key', { pattern: '^INC-' }, jira],
  ])('is not there: %s', (_what, wanted, ticket) => {
    expect(judge([ticketed(wanted)], question({ ticket }))).toEqual({
      allowed: false,
      refusals: [{ position: 0, rule: 'tickets', because: 'ticket', detail: 'There must be a ticket.' }],
    })
  })
})

describe('a ticket that must be known from its source', () => {
  const rule = allow('known', {
    ticket: { system: 'jira', pattern: null, source: 'jira', types: ['Access'], message: 'Name your open ticket.' },
  })
  const known = { open: true, closed: false, status: 'Open', type: 'Access', people: ['developer'] }
  const asked = (facts: Partial<typeof known> | null) =>
    judge([rule], question({ ticket: { system: 'jira', key: 'OPS-17', known: facts === null ? null : { ...known, ...facts } } }))

  it('is there if it is open, of the right type, and of who asks or will use it', () => {
    expect(asked({})).toMatchObject({ allowed: true })
  })

  it.each([
    ['is not known from jira', null],
    ['is not open: its status is Done', { open: false, closed: true, status: 'Done' }],
    ['is not open: its status is Draft', { open: false, status: 'Draft' }],
    ['is neither of developer', { people: ['dba'] }],
    ['is of type Bug', { type: 'Bug' }],
  ])('is not there: it %s', (why, facts) => {
    expect(asked(facts)).toMatchObject({
      allowed: false,
      refusals: [{ because: 'ticket', detail: `Name your open ticket. (OPS-17 ${why})` }],
    })
  })
})
