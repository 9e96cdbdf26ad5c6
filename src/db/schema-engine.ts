import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

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

/** Prisma's adapter as the schema engine needs it. */
class SchemaAdapter extends PrismaPg {
  readonly #opened: { dispose(): Promise<void> }[] = []

  override async connect() {
    const adapter = await super.connect()
    this.#opened.push(adapter)
    const pool = adapter.underlyingDriver()
    // Its own executeScript cuts a script at every semicolon, which breaks function bodies. Sent whole, by the simple
    // query protocol, a migration is also one implicit transaction: it applies entirely or not at all.
    const query: (...parameters: unknown[]) => Promise<pg.QueryResult> = pool.query.bind(pool)
    adapter.executeScript = async (script) => {
      await query(script).catch((error: unknown) => {
        throw error instanceof pg.DatabaseError ? new DriverAdapterError(described(error)) : error
      })
    }
    // It refuses columns of type "char", which the catalogue has and the engine reads: they pass as text, and back.
    const chars = new Set<string>()
    Object.assign(pool, {
      query: async (...parameters: unknown[]) => {
        const result = await query(...parameters)
        for (const field of result.fields.filter(({ dataTypeID }) => dataTypeID === pg.types.builtins.CHAR)) {
          chars.add(field.name)
          field.dataTypeID = pg.types.builtins.TEXT
        }
        return result
      },
    })
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (statement) => {
      const result = await queryRaw(statement)
      const columnTypes = result.columnTypes.map((type, at) => (chars.has(result.columnNames[at] ?? '') ? ColumnTypeEnum.Character : type))
      return { ...result, columnTypes }
    }
    return adapter
  }

  /** The engine leaves its connections open. */
  async close(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((adapter) => adapter.dispose()))
  }
}

/** What the engine can tell of an error of Postgres's; of any other it would say only that there was one. */
const described = (error: pg.DatabaseError) => ({
  kind: 'postgres' as const,
  code: error.code ?? '',
  severity: error.severity ?? '',
  message: error.message,
  detail: error.detail,
  column: error.column,
  hint: error.hint,
})

/** Opens the engine on one database for as long as `work` runs. */
export async function withSchemaEngine<T>(
  connectionString: string,
  schema: string,
  work: (engine: engine.SchemaEngine) => Promise<T>,
): Promise<T> {
  instantiated ??= instantiate()
  await instantiated
  const adapter = new SchemaAdapter({ connectionString })
  try {
    const datamodels: [string, string][] = [['schema.prisma', schema]]
    const opened = await engine.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter))
    try {
      return await work(opened)
    } finally {
      opened.free()
    }
  } finally {
    await adapter.close()
  }
}
