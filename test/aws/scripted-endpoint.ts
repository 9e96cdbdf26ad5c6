import { once } from 'node:events'
import { createServer } from 'node:http'

/** One answer: an error by IAM's code, success, or none: the connection is closed, cut in the
 * middle of the answer, or stays silent until the client gives up. */
export type Answer =
  | { readonly status: number; readonly code: string }
  | { readonly status: number; readonly body: string }
  | 'success'
  | 'close'
  | 'cut'
  | 'silence'

export interface ScriptedEndpoint {
  readonly url: string
  /** The actions that arrived, in order. */
  readonly calls: string[]
  readonly parameters: URLSearchParams[]
  close(): Promise<void>
}

/**
 * An endpoint that answers IAM and STS calls from a script, each call with the next entry, and after the last always with the last.
 * For what no emulator does on cue: answers lost halfway, bodies that are no XML, one kind of error after another.
 */
export async function scriptedEndpoint(...script: readonly [Answer, ...Answer[]]): Promise<ScriptedEndpoint> {
  const calls: string[] = []
  const parameters: URLSearchParams[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const sent = new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
      const action = sent.get('Action') ?? '?'
      const answer = script[Math.min(calls.length, script.length - 1)] ?? 'success'
      calls.push(action)
      parameters.push(sent)
      if (answer === 'silence') return
      if (answer === 'close') {
        request.socket.destroy()
        return
      }
      if (answer === 'cut') {
        response.writeHead(200, { 'content-length': '1000' }).write('<', () => request.socket.destroy())
        return
      }
      response.writeHead(answer === 'success' ? 200 : answer.status, {
        'content-type': 'text/xml',
        'x-amzn-requestid': `request-${calls.length}`,
      })
      response.end(answer === 'success' ? success(action) : 'body' in answer ? answer.body : failure(answer.code))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    parameters,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const success = (action: string): string =>
  `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>written</RequestId></ResponseMetadata></${action}Response>`

const failure = (code: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>The ${code} message.</Message></Error><RequestId>refused</RequestId></ErrorResponse>`

/** The answer to AssumeRole. */
export const assumedRole = {
  status: 200,
  body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
    <AccessKeyId>ASIATEST</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
    <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
} as const
