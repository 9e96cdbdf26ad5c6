import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { ConfigError } from '../config/index.ts'

const loginSchema = z.strictObject({
  /** Of the Sallyport that the tokens are for. */
  url: z.string(),
  /** A person's access token, or an API key. */
  token: z.string(),
  /** When the token ends; null: nobody said. */
  expiresAt: z.iso.datetime().nullable(),
  /** Where the token is from; null: it is an API key. */
  issued: z
    .strictObject({ issuer: z.string(), clientId: z.string(), tokenEndpoint: z.string(), refreshToken: z.string().nullable() })
    .nullable(),
})

/** What `sallyport login` keeps. */
export type Login = z.output<typeof loginSchema>

/** The login that is kept in a file; null if nobody is logged in. Throws a ConfigError for a file that cannot be used. */
export async function readLogin(path: string): Promise<Login | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new ConfigError([`${path}: cannot be read (${error.code ?? 'unknown'})`])
  })
  if (text === null) return null
  const read = loginSchema.safeParse(parsed(text))
  if (read.success) return read.data
  throw new ConfigError([`${path}: is not a login that this version has written; log in again with \`sallyport login\``])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Keeps a login, for its owner alone (mode 0600), and never half of one. */
export async function keepLogin(path: string, login: Login): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  await rename(draft, path)
}

/** Forgets the login; false if there was none. */
export async function forgetLogin(path: string): Promise<boolean> {
  return rm(path).then(
    () => true,
    () => false,
  )
}
