import closeWithGrace from 'close-with-grace'
import { type Logger, pino } from 'pino'
import type { Running } from '../running.ts'

/** Starts something and keeps the process until a signal, or a fault nobody caught, ends it. */
export async function run(name: string, logLevel: string, start: (log: Logger) => Promise<Running>): Promise<void> {
  const log = pino({ name: `sallyport ${name}`, level: logLevel })
  const running = await start(log)
  let stopping = false
  const { close } = closeWithGrace({ delay: 30_000, logger: false, skip: ['SIGINT', 'SIGTERM'] }, async ({ err }) => {
    stopping = true
    if (err) log.fatal({ err }, 'a fault that nobody caught; stopping')
    await running.stop()
    log.info('stopped')
  })
  const stop = (signal: string): void => {
    if (stopping) return // npm passes on the Ctrl-C that the terminal sends to everybody: no wish to be killed
    log.info({ signal }, 'stopping')
    close()
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
}
