import { describe, expect, test } from 'vitest'
import { type AttentionCode, attentionEvents, nextAttention } from '../../src/reconcile/attention.ts'

const first = new Date('2026-01-01T00:00:00Z')
const later = new Date('2026-01-01T00:05:00Z')

const trouble = (code: AttentionCode | null, said: string | null = null) => ({ trouble: code, said })

describe('attention', () => {
  test('begins with the first failure, and counts from there, whatever goes wrong after it', () => {
    const denied = nextAttention(null, trouble('aws_denied'), first)
    const throttled = nextAttention(denied, trouble('aws_throttled'), later)
    expect(denied).toMatchObject({ code: 'aws_denied', since: first, attempts: 1 })
    expect(throttled).toMatchObject({ code: 'aws_throttled', since: first, attempts: 2 })
  })

  test('says what AWS says of it, where that helps', () => {
    const { message } = nextAttention(null, trouble('provisioning_failed', 'Received a 404 status error'), first) ?? {}
    expect(message).toMatch(/tried again by itself\. AWS says: Received a 404 status error$/)
  })

  test('ends with the first success', () => {
    expect(nextAttention(nextAttention(null, trouble('aws_denied'), first), trouble(null), later)).toBeNull()
  })

  test('is told to the audit when it begins, becomes another, and ends; not each time that it goes on', () => {
    const denied = nextAttention(null, trouble('aws_denied'), first)
    const quota = nextAttention(denied, trouble('quota_exceeded'), later)
    const types = (...change: Parameters<typeof attentionEvents>) => attentionEvents(...change).map(({ type }) => type)
    expect(types('tgt_1', null, denied)).toEqual(['target.attention_raised'])
    expect(types('tgt_1', denied, nextAttention(denied, trouble('aws_denied'), later))).toEqual([])
    expect(types('tgt_1', denied, quota)).toEqual(['target.attention_cleared', 'target.attention_raised'])
    expect(types('tgt_1', quota, null)).toEqual(['target.attention_cleared'])
    expect(types('tgt_1', null, null)).toEqual([])
  })
})
