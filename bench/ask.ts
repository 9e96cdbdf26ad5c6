import { setTimeout as delay } from 'node:timers/promises'

/** What is asked for through the API by the developer, and approved by the dba. */
export const askFor = (role: string, dbUser: string) => ({
  principal: `arn:aws:iam::123456789012:role/${role}`,
  entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser }],
  duration: 'PT1H',
  reason: 'Measure how long it takes',
})

/** Asks for access and answers the id of the request, which waits for its approval. */
export async function ask(api: string, role: string, dbUser: string): Promise<string> {
  const answer = await post(`${api}/v1/requests`, 'developer', askFor(role, dbUser))
  const { id } = (await succeeded(answer).json()) as { id: string } // by the API's own document
  return id
}

/** Approves, trying again while the API says that Postgres is not to be had; answers how often it said so. */
export async function approve(api: string, request: string): Promise<number> {
  for (let refusals = 0; ; refusals++) {
    const answer = await post(`${api}/v1/requests/${request}/approve`, 'dba', {})
    await answer.text()
    if (answer.status !== 503) {
      succeeded(answer)
      return refusals
    }
    await delay(250)
  }
}

const post = (url: string, person: string, body: unknown): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer dev-${person}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

function succeeded(answer: Response): Response {
  if (answer.ok) return answer
  throw new Error(`${answer.url} answered ${answer.status}`)
}
