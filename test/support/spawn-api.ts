import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** An API in a process of its own. */
export interface SpawnedApi {
  readonly url: string
  stop(): Promise<void>
}

/** With the variables of sources of tickets, if any. */
export async function spawnApi(databaseUrl: string, awsUrl: string, tickets: Readonly<Record<string, string>> = {}): Promise<SpawnedApi> {
  const script = fileURLToPath(new URL('api-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--no-warnings', '--import', 'tsx', script, databaseUrl, awsUrl], {
    env: { ...process.env, ...tickets },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const said = await Promise.race([once(createInterface(child.stdout), 'line'), ended])
  const url = said.find((each): each is string => typeof each === 'string' && each.startsWith('http'))
  if (url === undefined) throw new Error(`the API ended before it listened, with ${String(said[0])}`)
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
