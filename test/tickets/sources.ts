import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Webhook as Signer } from 'standardwebhooks'
import { readContent, type TicketSource } from '../../src/config/index.ts'
import type { RuleChange } from '../support/rules.ts'

/** Sources as docs/tickets.md sets them up. */
export const jira = {
  name: 'jira',
  kind: 'jira',
  fields: {
    database: '/issue/fields/customfield_10041/value',
    dbUser: '/issue/fields/customfield_10042',
    duration: { pointer: '/issue/fields/customfield_10043', default: 'PT2H' },
    principal: { value: 'arn:aws:iam::123456789012:role/app-reader' },
  },
  open: ['Open', 'Approved'],
  closed: ['Done'],
  creates: { when: { '/webhookEvent': ['jira:issue_created', 'jira:issue_updated'], '/issue/fields/issuetype/name': 'Database access' } },
  approves: { when: { '/changelog/items': { has: { field: 'status', toString: 'Approved' } } } },
  denies: { when: { '/webhookEvent': 'comment_created', '/comment/body': '/deny' }, person: '/comment/author/accountId' },
  endsAccess: true,
}

export const github = {
  name: 'github',
  kind: 'github',
  fields: {
    database: { pointer: '/issue/body', heading: 'Database' },
    dbUser: { pointer: '/issue/body', heading: 'Database user' },
    duration: { pointer: '/issue/body', heading: 'How long' },
    reason: { pointer: '/issue/body', heading: 'Why', default: 'See the issue' },
    principal: { value: 'arn:aws:iam::123456789012:role/app-reader' },
  },
  creates: { when: { '/action': 'opened' } },
  approves: { when: { '/action': 'labeled', '/label/name': 'approved' } },
  endsAccess: true,
}

export const servicenow = {
  name: 'servicenow',
  kind: 'generic',
  hmac: { header: 'X-Signature', encoding: 'base64', timestampHeader: 'X-Timestamp' },
  fields: {
    key: '/number',
    status: '/state',
    type: '/kind',
    requester: '/opened_by',
    assignee: '/assigned_to',
    at: '/at',
    database: '/database',
    dbUser: '/database_user',
    principal: { value: 'arn:aws:iam::123456789012:user/${person.username}' },
    duration: '/duration',
    reason: '/reason',
  },
  closed: ['Closed Complete'],
  creates: { when: { '/kind': 'Database access' } },
}

export const portal = { name: 'portal', kind: 'generic', fields: { key: '/id', status: '/status', requester: '/by' }, closed: ['closed'] }

export const sourceOf = (written: object): TicketSource => {
  const [source] = readContent({ tickets: [written] }).tickets
  if (source === undefined) throw new Error('there is one source')
  return source
}

export const payload = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`payloads/${name}.json`, import.meta.url), 'utf8')) as Record<string, unknown> // as the file is written

/** The same with values put at JSON pointers. */
export function changed(name: string, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy = payload(name)
  for (const [pointer, value] of Object.entries(changes)) {
    const parts = pointer.split('/').slice(1)
    const last = parts.pop() ?? ''
    const place = parts.reduce<unknown>((each, part) => Reflect.get(Object(each), part), copy)
    Reflect.set(Object(place), last, value)
  }
  return copy
}

export const secrets = {
  jira: 'jira-secret',
  github: 'github-secret',
  servicenow: 'servicenow-secret',
  portal: `whsec_${Buffer.alloc(32, 'portal').toString('base64')}`,
}

/** The variables with the secrets of all sources, and tokens by which comments are written. */
export const variables = {
  SALLYPORT_TICKET_SECRET_JIRA: `${secrets.jira},jira-next`,
  SALLYPORT_TICKET_SECRET_GITHUB: secrets.github,
  SALLYPORT_TICKET_SECRET_SERVICENOW: secrets.servicenow,
  SALLYPORT_TICKET_SECRET_PORTAL: secrets.portal,
  SALLYPORT_TICKET_TOKEN_JIRA: 'jira-token',
  SALLYPORT_TICKET_TOKEN_GITHUB: 'github-token',
}

const hmac = (secret: string, text: string, encoding: 'hex' | 'base64' = 'hex') =>
  createHmac('sha256', secret).update(text).digest(encoding)

let deliveries = 0

/** The headers by which each source signs a body. */
export function signed(
  source: keyof typeof secrets,
  body: string,
  secret: string = secrets[source],
  at = new Date(),
): Record<string, string> {
  const id = `delivery-${++deliveries}`
  const timestamp = String(Math.floor(at.getTime() / 1000))
  switch (source) {
    case 'jira':
      return { 'x-hub-signature': `sha256=${hmac(secret, body)}`, 'x-atlassian-webhook-identifier': id }
    case 'github':
      return { 'x-hub-signature-256': `sha256=${hmac(secret, body)}`, 'x-github-delivery': id, 'x-github-event': 'issues' }
    case 'servicenow':
      return { 'x-signature': hmac(secret, `${timestamp}.${body}`, 'base64'), 'x-timestamp': timestamp }
    default:
      return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': new Signer(secret).sign(id, at, body) }
  }
}

/** Sends what a source would. */
export async function deliver(
  api: { readonly url: string },
  source: keyof typeof secrets,
  content: unknown,
  headers: Readonly<Record<string, string>> = {},
  address: string = source,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = typeof content === 'string' ? content : JSON.stringify(content)
  const response = await fetch(`${api.url}/integrations/tickets/${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed(source, body), ...headers },
    body,
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** The demo's people with their identities in these sources, and the sources. */
export const withSources =
  (...sources: readonly { readonly name: string }[]): RuleChange =>
  (file) => {
    file.tickets = [...sources]
    const ids: Record<string, Record<string, string>> = {
      jira: { developer: 'jira-developer', dba: 'jira-dba', 'developer-2': 'jira-developer-2' },
      github: { developer: '21031067', dba: '583231' },
      servicenow: { developer: '6816f79cc0a8016401c5a33be04be441' },
      portal: { developer: 'p-developer' },
    }
    for (const person of file.people) {
      const identities = sources.flatMap(({ name }) => {
        const subject = ids[name]?.[person.id]
        return subject === undefined ? [] : [{ issuer: `ticket:${name}`, subject }]
      })
      if (identities.length > 0) person.identities = identities
    }
  }
