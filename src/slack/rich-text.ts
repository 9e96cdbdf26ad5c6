import type { PlainTextElement, RichTextBlock, RichTextElement, RichTextSection } from '@slack/types'

/**
 * Words as rich text, whose texts Slack takes letter by letter: no mention, link or markup can come of what somebody wrote
 * (docs.slack.dev/reference/block-kit/blocks/rich-text-block). What is text is cut where it could fill a message.
 */
export type Word = string | RichTextElement

/** Characters of one value: a message of the values that a request can have stays far below what Slack takes. */
const LONGEST_VALUE = 600
/** Of a reason or comment. */
const LONGEST_QUOTE = 2_000

/** Cut to a number of UTF-16 units, with an ellipsis, never within a character. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

export const bold = (text: string): Word => ({ type: 'text', text: cut(text || ' ', LONGEST_VALUE), style: { bold: true } })
export const code = (text: string): Word => ({ type: 'text', text: cut(text || ' ', LONGEST_VALUE), style: { code: true } })

/** A point in time, shown to each reader in their own zone. */
export const at = (time: Date): Word => ({
  type: 'date',
  timestamp: Math.floor(time.getTime() / 1_000),
  format: '{date_short_pretty} at {time}',
  fallback: `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
})

/** Lines of one block. */
export function lines(...rows: readonly (readonly Word[])[]): RichTextBlock {
  const words = rows.flatMap((row, index) => (index === 0 ? row : ['\n', ...row]))
  const section: RichTextSection = { type: 'rich_text_section', elements: words.map(elementOf) }
  return { type: 'rich_text', elements: [section] }
}

/** What somebody wrote, set off as theirs. */
export const quote = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: cut(text || ' ', LONGEST_QUOTE) }] }],
})

/** Something to paste; never cut, because a part of a command is another command. */
export const commands = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
})

export const plain = (text: string, longest: number): PlainTextElement => ({ type: 'plain_text', text: cut(text, longest), emoji: false })

/** For the text that notifications show, the one place where Slack reads markup (docs.slack.dev/messaging/formatting-message-text). */
export const escaped = (text: string): string =>
  cut(text, LONGEST_VALUE).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const elementOf = (word: Word): RichTextElement => (typeof word === 'string' ? { type: 'text', text: cut(word, LONGEST_VALUE) } : word)
