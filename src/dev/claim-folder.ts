import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '../config/index.ts'
import { isAlive } from './is-alive.ts'

/**
 * Makes the data folder if it is not there, and claims it for this process, so that two never write to it. Answers how
 * to give it back. A claim of a process that is gone counts for nothing. Throws a ConfigError.
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  const claim = join(folder, 'process-id')
  try {
    await mkdir(folder, { recursive: true })
    const holder = await holderOf(claim)
    if (holder !== null) throw inUse(folder, claim, holder)
    await rm(claim, { force: true })
    await writeFile(claim, `${process.pid}\n`, { flag: 'wx' }) // of two that come at once, one fails here
  } catch (error) {
    if (error instanceof ConfigError || !(error instanceof Error)) throw error
    throw new ConfigError([`SALLYPORT_DATA_DIR: ${folder} cannot be used (${error.message}); set it to a folder that can be written to`])
  }
  return () => rm(claim, { force: true })
}

async function holderOf(claim: string): Promise<number | null> {
  const text = await readFile(claim, 'utf8').catch(() => '')
  const holder = Number.parseInt(text, 10)
  return holder !== process.pid && isAlive(holder) ? holder : null
}

const inUse = (folder: string, claim: string, holder: number): ConfigError =>
  new ConfigError([
    `SALLYPORT_DATA_DIR: ${folder} is in use by process ${holder}; stop that one, or start a second Sallyport beside it with a folder and ports of its own: SALLYPORT_DATA_DIR, PORT, SALLYPORT_DEV_AWS_PORT (if process ${holder} is no Sallyport, remove ${claim})`,
  ])
