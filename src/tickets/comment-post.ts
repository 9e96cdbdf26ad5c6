import type { TicketSource } from '../config/index.ts'
import type { Post } from '../webhooks/index.ts'

/** A comment that is to be written. */
export interface Comment {
  readonly key: string
  readonly text: string
  readonly eventId: string
  readonly type: string
  readonly requestId: string | null
}

export interface Writer {
  readonly token: string | null
  /** Of Sallyport, for User-Agent, which GitHub demands. */
  readonly version: string
}

/**
 * How a source takes comments:
 * - Jira Cloud, REST v3, whose text is Atlassian Document Format; with a token of its own, as Jira Data Center has it, v2.
 * - GitHub, POST /repos/{owner}/{repo}/issues/{number}/comments.
 * - others: JSON, with the id of the event by which a repeat is known.
 */
export function commentPost(
  { kind, name, comments }: TicketSource,
  { key, text, eventId, type, requestId }: Comment,
  { token, version }: Writer,
): Post | null {
  if (comments === null) return null
  const { url, user } = comments
  const authorization =
    token === null ? null : user === null ? `Bearer ${token}` : `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`
  const headers = {
    'content-type': 'application/json',
    'user-agent': `Sallyport/${version}`,
    ...(authorization === null ? {} : { authorization }),
  }
  if (kind === 'jira') {
    const body = user === null ? text : { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }
    return {
      url: `${url}/rest/api/${user === null ? 2 : 3}/issue/${encodeURIComponent(key)}/comment`,
      headers,
      body: JSON.stringify({ body }),
    }
  }
  if (kind === 'github') {
    const [repository = '', number = ''] = key.split('#')
    const github = { ...headers, accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' }
    return { url: `${url}/repos/${repository}/issues/${number}/comments`, headers: github, body: JSON.stringify({ body: text }) }
  }
  return { url, headers, body: JSON.stringify({ id: eventId, type, source: name, ticket: key, request: requestId, text }) }
}
