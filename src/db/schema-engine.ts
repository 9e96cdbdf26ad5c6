import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import { SchemaAdapter } from './schema-adapter.ts'

let instantiated: Promise<void> | undefined

/** Prisma's schema engine as WebAssembly: the same engine as the CLI's, with nothing to download. */
async function instantiate(): Promise<void> {
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(wasm), { './schema_engine_bg.js': { ...engine, ...unrefTimers } })
  engine.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start']
  if (typeof start === 'function') start()
}

/** The engine's ten-second limit on taking its lock runs on after the lock is taken; it must not keep a process from ending. */
const unrefTimers = Object.fromEntries(
  Object.keys(engine)
    .filter((name) => name.startsWith('__wbg_setTimeout_'))
    .map((name) => [name, (run: () => void, milliseconds: number) => setTimeout(run, milliseconds).unref()]),
)

/** Opens the engine on one database for as long as `work` runs; `scriptError` is what Postgres said if a script failed. */
export async function withSchemaEngine<T>(
  connectionString: string,
  schema: string,
  work: (engine: engine.SchemaEngine, scriptError: () => Error | null) => Promise<T>,
): Promise<T> {
  instantiated ??= instantiate()
  await instantiated
  const adapter = new SchemaAdapter({ connectionString })
  try {
    const datamodels: [string, string][] = [['schema.prisma', schema]]
    const opened = await engine.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter))
    try {
      return await work(opened, () => adapter.scriptError)
    } finally {
      opened.free()
    }
  } finally {
    await adapter.close()
  }
}
