import type { Logger } from 'pino'
import type { Environment } from '../config/index.ts'
import { walkThrough } from '../dev/demo/walk-through.ts'
import { startDevWorld } from './dev-world.ts'
import type { Running } from './running.ts'

/** `sallyport dev`: the whole of Sallyport in one process, with a demo world around it, for use by hand. */
export async function dev(environment: Environment<'dev'>, log: Logger, say: (text: string) => void): Promise<Running> {
  const { stop, ...world } = await startDevWorld(environment, log, say)
  say(walkThrough({ ...world, dataDirectory: environment.dataDirectory, ownAws: environment.awsEndpoint === null }))
  return {
    stop: async () => {
      say('Stopping')
      await stop()
      say('Everything has stopped; starting again finds the data.')
    },
  }
}
