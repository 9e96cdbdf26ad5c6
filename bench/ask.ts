/** What is asked for through the API by the developer, and approved by the dba. */
export const askFor = (role: string, dbUser: string) => ({
  principal: `arn:aws:iam::123456789012:role/${role}`,
  entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser }],
  duration: 'PT1H',
  reason: 'Measure how long it takes',
})

/** Asks for access and answers the id of the request, which waits for its approval. */
export const ask = async (api: string, role: string, dbUser: string): Promise<string> =>
  (await post(`${api}/v1/requests`, 'developer', askFor(role, dbUser))).id

/** Approves, and returns with the API's answer. */
export const approve = async (api: string, request: string): Promise<void> => {
  await post(`${api}/v1/requests/${request}/approve`, 'dba', {})
}

async function post(url: string, person: string, body: unknown): Promise<{ readonly id: string }> {
  const headers = { authorization: `Bearer dev-${person}`, 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { id: string } // by the API's own document
}
