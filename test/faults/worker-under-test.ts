import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A worker in a process of its own. */
export interface WorkerUnderTest {
  /** Ends it as the kernel does when memory runs out: it can do nothing more. */
  kill(): Promise<void>
  /** Ends it as an orchestrator does, and answers the exit code. */
  terminate(): Promise<number | null>
}

export function spawnWorker(databaseUrl: string, awsUrl: string): WorkerUnderTest {
  const script = fileURLToPath(new URL('worker-process.ts', import.meta.url))
  const child: ChildProcess = spawn(process.execPath, ['--no-warnings', '--import', 'tsx', script, databaseUrl, awsUrl], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = once(child, 'close')
  const end = async (name: NodeJS.Signals): Promise<number | null> => {
    child.kill(name)
    await ended
    return child.exitCode
  }
  return { kill: async () => void (await end('SIGKILL')), terminate: () => end('SIGTERM') }
}
