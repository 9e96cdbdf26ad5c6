/** Makes load, in a process of its own, so that what is measured has its processor to itself. Started by requests.ts. */
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Load {
  readonly method: 'GET' | 'POST'
  /** Asked one after the other, again and again. */
  readonly urls: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly connections: number
  /** Each connection asks at least once. */
  readonly milliseconds: number
}

export interface Handled {
  readonly perSecond: number
  /** The first answer that was no success, if any. */
  readonly failure: string | null
}

process.on('message', async (load: Load) => process.send?.(await make(load)))

async function make(load: Load): Promise<Handled> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections })
  const begun = performance.now()
  const ends = begun + load.milliseconds
  let count = 0
  let failure: string | null = null
  const connection = async (): Promise<void> => {
    do {
      const { status, body } = await call(agent, load, load.urls[count % load.urls.length] ?? '')
      if (status >= 300) failure = `${status} ${body}`
      count += 1
    } while (performance.now() < ends && failure === null)
  }
  await Promise.all(Array.from({ length: load.connections }, connection))
  const perSecond = (count * 1_000) / (performance.now() - begun)
  agent.destroy()
  return { perSecond, failure }
}

const call = (agent: Agent, { method, headers, body }: Load, url: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const unique = method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}
    const sending = request(url, { agent, method, headers: { ...headers, ...unique } }, (answer) => {
      text(answer).then((read) => resolve({ status: answer.statusCode ?? 0, body: read }), reject)
    })
    sending.on('error', reject)
    sending.end(body ?? undefined)
  })
