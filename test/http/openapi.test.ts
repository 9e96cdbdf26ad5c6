import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { docsPage, openapiYaml } from '../../src/http/index.ts'
import { sampleApp } from './support/sample-app.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = await sampleApp(undefined, docsPage)
})
afterAll(() => app.close())

describe('the OpenAPI document', () => {
  it('is open to anyone, and the same as YAML', async () => {
    const document = (await app.inject({ url: '/openapi.json' })).json()
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { version: '1.2.3', license: { identifier: 'Apache-2.0' } },
      security: [{ bearer: [] }],
    })
    expect(parse(openapiYaml(app))).toEqual(document)
  })

  it('has the problems of a route, its own and those of any route, each described once', async () => {
    const { paths, components } = (await app.inject({ url: '/openapi.json' })).json()
    const { responses } = paths['/v1/things'].post
    expect(Object.keys(responses)).toEqual(['201', '400', '401', '403', '413', '415', '422', '500', '503'])
    expect(responses['422']).toEqual({
      description: 'This is not an ARN of the kind needed (`invalid_arn`). The database is not known (`unknown_database`)',
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: {
            invalid_arn: { $ref: '#/components/examples/invalid_arn' },
            unknown_database: { $ref: '#/components/examples/unknown_database' },
          },
        },
      },
    })
    expect(components.examples.invalid_arn.value).toMatchObject({ code: 'invalid_arn', status: 422 })
  })

  it('names a schema once, even if it reads otherwise than it prints', async () => {
    const { components, paths } = (await app.inject({ url: '/openapi.json' })).json()
    expect(Object.keys(components.schemas)).toEqual(['Problem', 'SampleThing', 'SampleThingInput'])
    expect(paths['/v1/things'].post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/SampleThingInput',
    })
  })

  it('says which scope a route needs, and for whom one may call it', async () => {
    const { post } = (await app.inject({ url: '/openapi.json' })).json().paths['/v1/things']
    expect(post.description).toContain('Needs the scope `ask`.')
    expect(post.parameters).toMatchObject([{ in: 'header', name: 'Sallyport-On-Behalf-Of', required: false }])
  })

  it('has no gaps: a route that says too little of itself stops the start', async () => {
    const starting = sampleApp(undefined, async (scope) => {
      scope.get('/v1/unexplained', { schema: { operationId: 'unexplained' } }, () => ({}))
    })
    await expect(starting).rejects.toThrow('GET /v1/unexplained needs operationId, summary, description, tags and response in its schema')
  })
})

describe('the page at /docs', () => {
  it('loads nothing from elsewhere and runs no inline script', async () => {
    const { headers, body } = await app.inject({ url: '/docs' })
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/)
    expect(headers['content-security-policy']).not.toMatch(/unsafe|http/)
    const sources = [...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source]) => source ?? '')
    expect(sources.length).toBeGreaterThan(4)
    for (const source of sources) {
      expect(source).toMatch(/^\/docs\/static\//)
      expect((await app.inject({ url: source })).statusCode).toBe(200)
    }
    expect(body).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|style="/)
  })

  it('shows the document of this very process', async () => {
    expect((await app.inject({ url: '/docs/json', cookies: { a: 'b' } })).json()).toEqual(
      (await app.inject({ url: '/openapi.json' })).json(),
    )
  })

  it('answers a file that is not there with a problem', async () => {
    expect((await app.inject({ url: '/docs/static/nothing.js' })).json()).toMatchObject({ status: 404, code: 'route_not_found' })
  })
})
