import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** Prisma's adapter as the schema engine needs it. */
export class SchemaAdapter extends PrismaPg {
  readonly #opened: { dispose(): Promise<void> }[] = []
  /** What Postgres said of a script; the engine would tell it wrapped in a trace of its own insides. */
  scriptError: Error | null = null

  override async connect() {
    const adapter = await super.connect()
    this.#opened.push(adapter)
    const pool = adapter.underlyingDriver()
    // Its own executeScript cuts a script at every semicolon, which breaks function bodies. Sent whole, by the simple
    // query protocol, a migration is also one implicit transaction: it applies entirely or not at all.
    const query: (...parameters: unknown[]) => Promise<pg.QueryResult> = pool.query.bind(pool)
    adapter.executeScript = async (script) => {
      await query(script).catch((error: unknown) => {
        if (error instanceof Error) this.scriptError = error
        throw error
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
