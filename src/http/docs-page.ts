import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

/** Its scripts and styles come from this process; its icons are data: URLs in its style sheet. */
const csp = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

/** Swagger UI at /docs, open to anyone: it shows the document and no more. */
export const docsPage = async (app: FastifyInstance): Promise<void> => {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, public: true }
    route.schema = { ...route.schema, hide: true }
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: csp,
    uiConfig: { validatorUrl: null, displayRequestDuration: true, docExpansion: 'list' },
    theme: { title: 'Sallyport API' },
  })
}
