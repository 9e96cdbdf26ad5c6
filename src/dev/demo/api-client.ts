import { z } from 'zod'

const problem = z.object({ status: z.number(), code: z.string(), detail: z.string() })

/** The API said no: problem details (RFC 9457). */
export class Refused extends Error {
  readonly code: string

  constructor({ status, code, detail }: z.output<typeof problem>) {
    super(`${status} ${code}: ${detail}`)
    this.name = 'Refused'
    this.code = code
  }
}

export interface ApiClient {
  get<T>(path: string, answer: z.ZodType<T>): Promise<T>
  post<T>(path: string, body: object, answer: z.ZodType<T>): Promise<T>
}

/** The HTTP API as one person of the demo's directory. Throws Refused. */
export function apiClient(apiUrl: string, person: string): ApiClient {
  const call = async <T>(path: string, init: RequestInit, answer: z.ZodType<T>): Promise<T> => {
    const response = await fetch(`${apiUrl}${path}`, {
      ...init,
      headers: { authorization: `Bearer dev-${person}`, 'content-type': 'application/json' },
    })
    const body: unknown = await response.json()
    if (!response.ok) throw new Refused(problem.parse(body))
    return answer.parse(body)
  }
  return {
    get: (path, answer) => call(path, {}, answer),
    post: (path, body, answer) => call(path, { method: 'POST', body: JSON.stringify(body) }, answer),
  }
}
