import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A TCP connection to a server, that can be cut. */
export interface Cable {
  /** The server's URL, through the cable. */
  readonly url: string
  /** Breaks what is open, and whatever is opened from now on. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

export async function openCable(serverUrl: string): Promise<Cable> {
  const server = new URL(serverUrl)
  const open = new Set<Socket>()
  let isCut = false
  const listener = createServer((near) => {
    open.add(near)
    near.on('close', () => open.delete(near))
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(Number(server.port), server.hostname)
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: url.href,
    cut: () => {
      isCut = true
      for (const socket of open) socket.destroy()
    },
    mend: () => {
      isCut = false
    },
    close: async () => {
      const closed = once(listener, 'close')
      listener.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
