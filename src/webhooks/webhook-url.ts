import { isIP } from 'node:net'
import { SallyportError } from '../kernel/errors.ts'
import type { AllowAddress } from './allowed-address.ts'

/**
 * A URL that a webhook may have, as it is kept. What its name resolves to is looked at whenever something is sent, so only
 * an address that stands in it is refused here. Throws `invalid_webhook_url`; what is wrong never repeats the URL, which may hold a credential.
 */
export function checkUrl(text: string, allow: AllowAddress): string {
  if (!URL.canParse(text)) refuse('It is not an absolute URL.')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse('It must begin with https://.')
  if (url.username !== '' || url.password !== '') refuse('It holds a user name or password; messages are signed instead.')
  if (url.hash !== '') refuse('It has a fragment, which is never sent.')
  const port = portOf(url)
  if (port !== 443 && port !== 80 && port < 1024) refuse(`Port ${port} is that of another protocol; use 443, or one from 1024 on.`)
  const address = addressIn(url)
  if (address !== null) {
    const allowed = allow(address)
    if (allowed === null) refuse(`${address} is not a public address.`)
    if (allowed === 'anywhere' && url.protocol === 'http:') refuse('It must begin with https://.')
  }
  return url.href
}

export const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port))

/** The IP address that stands in a URL, in whatever way it was written; null if it has a name. */
export function addressIn({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(bare) === 0 ? null : bare
}

function refuse(detail: string): never {
  throw new SallyportError('invalid_webhook_url', detail, { fields: [{ pointer: '/url', detail }] })
}
