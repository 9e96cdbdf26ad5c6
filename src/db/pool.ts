import pg from 'pg'

/**
 * A pool in which every failure of the connection itself has a code. pg gives its own errors none (that none was free
 * in time, that one broke), and matching their text would be guessing; they get SQLSTATE 08006, connection_failure.
 */
export class Pool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super({ ...config, Client })
    const connect: (...parameters: unknown[]) => unknown = this.connect.bind(this)
    Object.assign(this, { connect: withFailures(connect, coded) })
  }
}

class Client extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    let broken = false
    this.on('error', () => {
      broken = true
    })
    const query: (...parameters: unknown[]) => unknown = this.query.bind(this)
    Object.assign(this, { query: withFailures(query, (error) => (broken ? coded(error) : error)) })
  }
}

const coded = (error: unknown): unknown => (error instanceof Error && !('code' in error) ? Object.assign(error, { code: '08006' }) : error)

/** pg's functions answer by a promise, or to a callback that is their last parameter. */
function withFailures(call: (...parameters: unknown[]) => unknown, translate: (error: unknown) => unknown) {
  return (...parameters: unknown[]): unknown => {
    const callback = parameters.at(-1)
    if (typeof callback === 'function') {
      return call(...parameters.slice(0, -1), (error: unknown, ...results: unknown[]) => callback(translate(error), ...results))
    }
    const answer = call(...parameters)
    if (!(answer instanceof Promise)) return answer
    return answer.catch((error: unknown) => {
      throw translate(error)
    })
  }
}
