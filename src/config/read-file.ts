import { readFile } from 'node:fs/promises'
import { ConfigError } from './config-error.ts'

/** The text of a file of configuration. Throws a ConfigError; `hint` is what to do where there is no such file. */
export async function readConfigFile(path: string, hint = ''): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    throw new ConfigError([code === 'ENOENT' ? `${path}: there is no such file${hint}` : `${path}: cannot be read (${String(code)})`])
  }
}
