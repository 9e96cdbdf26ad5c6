import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { SallyportError } from '../kernel/errors.ts'

/** What a file, or for `-` standard input, holds. Throws `invalid_request` for what cannot be read and `malformed_json` for what is not UTF-8. */
export async function readText(path: string, input: Readable): Promise<string> {
  const bytes = path === '-' ? await buffer(input) : await readBytes(path)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new SallyportError('malformed_json', `${nameOf(path)} is not UTF-8.`, { cause })
  }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw new SallyportError('invalid_request', `${path}: ${why}.`, { cause })
  }
}

/** How messages call it. */
export const nameOf = (path: string): string => (path === '-' ? 'Standard input' : path)
