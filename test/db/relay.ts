import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to Postgres that can be closed. */
export interface Relay {
  readonly url: string
  /** Cuts every connection; new ones are cut at once (`refusing`), never answered (`silent`), or passed on again. */
  cut(then: 'refusing' | 'silent' | 'passing'): void
  close(): Promise<void>
}

export async function openRelay(to: string): Promise<Relay> {
  const url = new URL(to)
  const { hostname, port } = url
  const sockets = new Set<Socket>()
  let mode: 'refusing' | 'silent' | 'passing' = 'passing'
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    return socket
  }
  const server = createServer((socket) => {
    track(socket)
    if (mode === 'refusing') socket.destroy()
    if (mode !== 'passing') return
    const upstream = track(connect(Number(port), hostname))
    socket.pipe(upstream).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url.port = String(typeof address === 'object' ? address?.port : '')
  const cut: Relay['cut'] = (then) => {
    mode = then
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    cut,
    close: async () => {
      cut('refusing')
      server.close()
      await once(server, 'close')
    },
  }
}
