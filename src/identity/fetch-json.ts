const TIMEOUT_MS = 5_000
const LIMIT_BYTES = 256 * 1024

/** What an issuer publishes at an address, as JSON. Throws if it does not answer so within five seconds, or with more than 256 KiB. */
export async function fetchJson(url: string): Promise<unknown> {
  // A redirect could lead out of TLS, or to a host that nobody has named.
  const response = await fetch(url, { redirect: 'error', headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) })
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size > LIMIT_BYTES) throw new Error(`${url} answers with more than ${LIMIT_BYTES} bytes`)
  }
  if (response.status !== 200) throw new Error(`${url} answers ${response.status}`)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}
