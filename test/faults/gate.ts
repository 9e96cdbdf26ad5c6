import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type Signal, signal } from '../jobs/signal.ts'

interface Hold {
  readonly roleName: string
  readonly action: string
  readonly at: 'call' | 'answer'
  /** How many such calls are let through first. */
  skip: number
  readonly reached: Signal
  readonly released: Signal
}

/** A call that stands still: its request is not passed on, or its answer is not, until it is let through. */
interface HeldCall {
  readonly reached: Promise<void>
  readonly letThrough: () => void
}

/** An HTTP proxy before the stand-in for AWS, at which calls can be made to stand still. */
export interface Gate {
  readonly url: string
  /** Holds the next call of an action on a role, before it has an effect (`call`) or after (`answer`). Other roles' go on. */
  hold(roleName: string, action: string, at: 'call' | 'answer', skip?: number): HeldCall
  close(): Promise<void>
}

export async function openGate(upstream: string): Promise<Gate> {
  const holds: Hold[] = []
  const take = (call: URLSearchParams, at: Hold['at']): Hold | undefined => {
    const hold = holds.find((one) => one.roleName === call.get('RoleName') && one.action === call.get('Action') && one.at === at)
    if (hold === undefined || hold.skip-- > 0) return undefined
    holds.splice(holds.indexOf(hold), 1)
    hold.reached.resolve()
    return hold
  }

  const pass = async (incoming: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const body = await textOf(incoming)
    const call = new URLSearchParams(body)
    await take(call, 'call')?.released.promise
    if (answer.destroyed) return // the caller has died
    const outgoing = request(new URL(incoming.url ?? '/', upstream), { method: incoming.method, headers: incoming.headers, agent: false })
    outgoing.end(body)
    const [response]: IncomingMessage[] = await once(outgoing, 'response')
    const text = response === undefined ? '' : await textOf(response)
    await take(call, 'answer')?.released.promise
    if (answer.destroyed) return
    answer.writeHead(response?.statusCode ?? 502, response?.headers).end(text)
  }

  const server = createServer((incoming, answer) => void pass(incoming, answer).catch(() => answer.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    hold: (roleName, action, at, skip = 0) => {
      const hold: Hold = { roleName, action, at, skip, reached: signal(), released: signal() }
      holds.push(hold)
      return { reached: hold.reached.promise, letThrough: hold.released.resolve }
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
