const longest = 200

/**
 * Shows, inside a message, what somebody sent: in quotes, cut after 200 characters, and with every character
 * that cannot be seen written as its code point, so that it can neither hide nor rearrange the message around it.
 */
export function quoted(text: string): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text
  return JSON.stringify(shown).replace(/(?! )[\p{C}\p{Z}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
