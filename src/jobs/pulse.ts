import type { Logger } from 'pino'

/** Something that is done again and again until it is stopped. */
export interface Pulse {
  /** Waits for the round that is running, if any; there is none afterwards. */
  stop(): Promise<void>
}

/**
 * Does `work` now, and again `interval` milliseconds after each round has ended. A round that fails is logged
 * and changes nothing: the next one comes.
 */
export function startPulse(name: string, interval: number, work: () => Promise<void>, log: Logger): Pulse {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const round = async (): Promise<void> => {
    try {
      await work()
    } catch (error) {
      log.warn({ err: error }, `${name} failed; it will be tried again`)
    }
    if (!stopped) timer = setTimeout(() => (running = round()), interval)
  }
  let running = round()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      return running
    },
  }
}
