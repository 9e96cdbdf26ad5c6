import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { stringify } from 'yaml'
import { codesOf, problemExamples } from './problem-responses.ts'
import { completed, documented } from './route-documentation.ts'
import { tidyComponents } from './tidy-components.ts'

const tags = [
  { name: 'requests', description: 'Ask for access, decide on what others ask for.' },
  { name: 'grants', description: 'Access that was approved: see it, use it, end it.' },
  { name: 'reviews', description: 'Emergency and standing access, looked at by people.' },
  { name: 'databases', description: 'What can be asked for.' },
  { name: 'accounts', description: 'The AWS accounts that Sallyport manages.' },
  { name: 'policies', description: 'IAM policies, without changing any.' },
  { name: 'access', description: 'Who can connect, by grants and by everything else in IAM.' },
  { name: 'rules', description: 'Which rule set is in force, and which waits to be confirmed.' },
  { name: 'webhooks', description: 'Endpoints that are told of what happens.' },
  { name: 'tickets', description: 'What ticket systems send.' },
  { name: 'keys', description: 'Credentials of programs.' },
  { name: 'audit', description: 'What happened, who did it, and through what.' },
  { name: 'operation', description: 'Whether this process is alive and ready.' },
  { name: 'people', description: 'Who you are, and what you have.' },
]

type Document31 = Extract<NonNullable<FastifyDynamicSwaggerOptions['openapi']>, { webhooks?: unknown }>

/** The messages that are sent, as the document's `webhooks` has them. */
export type OpenApiWebhooks = Readonly<Record<string, object>>

/**
 * Makes the OpenAPI document of the routes registered after this, at /openapi.json. Throws, when a route is
 * registered, if it does not say what the document needs: operationId, summary, description, tags, responses.
 */
export async function describeApi(app: FastifyInstance, version: string, webhooks: OpenApiWebhooks): Promise<void> {
  const examples: ReturnType<typeof problemExamples> = {} // filled as routes are registered
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Sallyport',
        version,
        description: 'Approved, time-bound IAM database access to Amazon Aurora and RDS.',
        contact: { name: 'The operators of this Sallyport' },
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags,
      webhooks: { ...webhooks } as NonNullable<Document31['webhooks']>, // zod's type of a JSON Schema is not that of the document
      security: [{ bearer: [] }],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'A token (JWT) of an OpenID provider that sallyport.yaml lists, or an API key made by `sallyport keys create`.',
          },
        },
        examples,
      },
    },
    transform: (route) => {
      const { schema, url } = jsonSchemaTransform(route)
      return { schema: documented(schema, route.route), url }
    },
    transformObject: (document) => {
      const described = jsonSchemaTransformObject(document)
      tidyComponents(described)
      return described
    },
  })
  app.addHook('onRoute', (route) => {
    if (route.schema?.hide === true) return
    route.schema = completed(route)
    Object.assign(examples, problemExamples(codesOf(route.schema.response ?? {})))
  })
  app.get('/openapi.json', { schema: { hide: true }, config: { public: true } }, async () => app.swagger())
}

/** The document as YAML, as it stands in openapi/openapi.yaml. The app must be ready. */
export const openapiYaml = (app: FastifyInstance): string => stringify(app.swagger(), { lineWidth: 0, aliasDuplicateObjects: false })
