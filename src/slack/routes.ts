import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { SlackSettings } from '../config/index.ts'
import { databaseClock } from '../identity/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { answerCommand } from './answer-command.ts'
import { answerInteraction } from './answer-interaction.ts'
import { readCommand, readInteraction } from './payload.ts'
import { assertSigned } from './signature.ts'
import type { SlackAnswer, SlackParts } from './slack.ts'

export interface SlackRouteParts {
  /** Null: this deployment has no Slack, and nothing is there. */
  readonly slack: { readonly settings: SlackSettings; readonly parts: SlackParts } | null
}

const FORM = 'application/x-www-form-urlencoded'

/**
 * /integrations/slack: what Slack sends when somebody types, clicks or sends a form. Who calls is told by its signature on the very bytes, so
 * that these routes are open to everybody, and take nothing that is not signed.
 */
export const slackRoutes: FastifyPluginAsync<SlackRouteParts> = async (app, { slack }) => {
  readFormsOnly(app)
  const clock = slack === null ? null : databaseClock(slack.parts.db)

  const signedBody = async (request: FastifyRequest, secret: string, now: () => Promise<Date>): Promise<Buffer> => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const header = (name: string): string | undefined => [request.headers[name]].flat()[0]
    assertSigned(secret, { body, timestamp: header('x-slack-request-timestamp'), signature: header('x-slack-signature') }, await now())
    return body
  }

  const answer = (path: 'commands' | 'interactions' | 'options', answerTo: (parts: SlackParts, body: Buffer) => Promise<SlackAnswer>) =>
    app.post(`/integrations/slack/${path}`, { config: { public: true }, schema: { hide: true } }, async (request, reply) => {
      const configured = slack === null ? null : (await slack.parts.ruleSets.current()).file.slack
      if (slack === null || clock === null || configured === null)
        throw new SallyportError(
          'route_not_found',
          'Slack is not configured here: it takes `slack` in sallyport.yaml, and SLACK_BOT_TOKEN.',
        )
      const said = await answerTo(slack.parts, await signedBody(request, slack.settings.signingSecret, clock))
      return said === null ? reply.code(200).send() : reply.code(200).type('application/json').send(said)
    })

  answer('commands', (parts, body) => answerCommand(parts)(readCommand(body)))
  answer('interactions', (parts, body) => answerInteraction(parts)(readInteraction(body)))
  answer('options', (parts, body) => answerInteraction(parts)(readInteraction(body)))
}

/** The signature is on the body as it came, so that it is not read before. */
function readFormsOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(FORM, { parseAs: 'buffer' }, async (_request: FastifyRequest, bytes: Buffer) => bytes)
  app.addContentTypeParser('*', async () => {
    throw new SallyportError('unsupported_media_type', `Slack sends ${FORM}.`)
  })
}
