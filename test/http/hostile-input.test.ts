import type { FastifyInstance } from 'fastify'
import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemSchema } from '../../src/http/problem.ts'
import { sampleApp } from './support/sample-app.ts'

let app: FastifyInstance
let url: string
beforeAll(async () => {
  app = await sampleApp()
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

const good = { name: 'a', size: 1 }
const json = (body: string | Buffer, headers: Record<string, string> = {}) => ({ method: 'post', path: '/v1/things', body, headers })
const field = (value: unknown) => json(JSON.stringify({ ...good, ...(value as object) }))
const get = (path: string) => ({ method: 'get', path, body: undefined, headers: {} })
const nested = (depth: number, open: string, close: string) =>
  `{"name":"a","size":1,"more":{"x":${open.repeat(depth)}1${close.repeat(depth)}}}`

const cases: [
  string,
  { method: string; path: string; body: string | Buffer | undefined; headers: Record<string, string> },
  number,
  string,
][] = [
  ['an empty body', json(''), 400, 'malformed_json'],
  ['white space only', json('  \n'), 400, 'malformed_json'],
  ['a truncated body', json('{"name":"a"'), 400, 'malformed_json'],
  ['a trailing comma', json('{"name":"a",}'), 400, 'malformed_json'],
  ['single quotes', json("{'name':'a'}"), 400, 'malformed_json'],
  ['a bare word', json('name'), 400, 'malformed_json'],
  ['NaN', json('{"name":"a","size":NaN}'), 400, 'malformed_json'],
  ['a comment', json('{"name":"a"/* */}'), 400, 'malformed_json'],
  ['two documents', json('{}{}'), 400, 'malformed_json'],
  ['bytes that are not UTF-8', json(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])), 400, 'malformed_json'],
  ['UTF-16', json(Buffer.from(JSON.stringify(good), 'utf16le')), 400, 'malformed_json'],
  ['a control character inside a string', json('{"name":"a\u0001","size":1}'), 400, 'malformed_json'],
  ['a name twice', json('{"name":"a","name":"b","size":1}'), 400, 'malformed_json'],
  ['a name twice, once escaped', json('{"name":"a","n\\u0061me":"b","size":1}'), 400, 'malformed_json'],
  ['a name twice, deep down', json('{"name":"a","size":1,"more":{"x":[{"y":1,"y":2}]}}'), 400, 'malformed_json'],
  ['null instead of an object', json('null'), 400, 'malformed_json'],
  ['a list instead of an object', json('[]'), 400, 'invalid_request'],
  ['a string instead of an object', json('"x"'), 400, 'invalid_request'],
  ['a number instead of an object', json('5'), 400, 'invalid_request'],
  ['no field at all', json('{}'), 400, 'invalid_request'],
  ['an unknown field', field({ admin: true }), 400, 'invalid_request'],
  ['__proto__', json('{"name":"a","size":1,"__proto__":{"admin":true}}'), 400, 'invalid_request'],
  ['__proto__ deep down', json('{"name":"a","size":1,"more":{"x":{"__proto__":1}}}'), 400, 'invalid_request'],
  ['constructor.prototype', json('{"name":"a","size":1,"constructor":{"prototype":{"x":1}}}'), 400, 'invalid_request'],
  ['a number for a string', field({ name: 5 }), 400, 'invalid_request'],
  ['null for a string', field({ name: null }), 400, 'invalid_request'],
  ['an object for a string', field({ name: {} }), 400, 'invalid_request'],
  ['a string for a number', field({ size: '1' }), 400, 'invalid_request'],
  ['a fraction for a whole number', field({ size: 1.5 }), 400, 'invalid_request'],
  ['a negative number', field({ size: -1 }), 400, 'invalid_request'],
  ['a number beyond a double', json('{"name":"a","size":1e999}'), 400, 'invalid_request'],
  ['a number beyond a double where anything may stand', json('{"name":"a","size":1,"more":{"x":-1e999}}'), 400, 'invalid_request'],
  ['a number of 100 digits', json(`{"name":"a","size":${'9'.repeat(100)}}`), 400, 'invalid_request'],
  ['an empty string', field({ name: '' }), 400, 'invalid_request'],
  ['a string too long', field({ name: 'x'.repeat(21) }), 400, 'invalid_request'],
  ['a value not in the list', field({ colour: 'blue' }), 400, 'invalid_request'],
  ['a date that is none', field({ at: '2026-02-30T00:00:00Z' }), 400, 'invalid_request'],
  ['a list too long', field({ parts: [1, 2, 3, 4].map((n) => ({ label: `${n}` })) }), 400, 'invalid_request'],
  ['U+0000 in a string', field({ name: 'a\u0000b' }), 400, 'invalid_request'],
  ['U+0000 in a name', field({ more: { 'a\u0000': 1 } }), 400, 'invalid_request'],
  ['U+0000 deep down', field({ more: { x: [[{ y: '\u0000' }]] } }), 400, 'invalid_request'],
  ['half of a surrogate pair', json('{"name":"\\ud800","size":1}'), 400, 'invalid_request'],
  ['half of a surrogate pair in a name', json('{"name":"a","size":1,"more":{"\\udc00":1}}'), 400, 'invalid_request'],
  ['nesting of 100 lists', json(nested(100, '[', ']')), 400, 'invalid_request'],
  ['nesting of 100,000 lists', json(nested(100_000, '[', ']')), 400, 'invalid_request'],
  ['nesting of 40,000 objects', json(nested(40_000, '{"a":', '}')), 400, 'invalid_request'],
  ['thousands of unknown fields', json(`{${Array.from({ length: 20_000 }, (_, n) => `"f${n}":1`).join(',')}}`), 400, 'invalid_request'],
  ['text/plain', json('{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
  ['a form', json('name=a', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupported_media_type'],
  ['XML', json('<a/>', { 'content-type': 'application/xml' }), 415, 'unsupported_media_type'],
  ['JSON under another name', json('{}', { 'content-type': 'application/merge-patch+json' }), 415, 'unsupported_media_type'],
  ['a media type that is none', json('{}', { 'content-type': ';;' }), 415, 'unsupported_media_type'],
  ['a compressed body', json('{}', { 'content-encoding': 'gzip' }), 415, 'unsupported_media_type'],
  ['a body over 256 KiB', json(`{"name":"${'x'.repeat(256 * 1024)}"}`), 413, 'body_too_large'],
  ['a body where none is taken', { ...json('{"force":true}'), path: '/v1/things/a/end' }, 400, 'invalid_request'],
  ['a list as body where none is taken', { ...json('[1]'), path: '/v1/things/a/end' }, 400, 'invalid_request'],
  ['a query where none is taken', get('/v1/things/a?x=1'), 400, 'invalid_request'],
  ['an unknown parameter', get('/v1/things?x=1'), 400, 'invalid_request'],
  ['a limit of 0', get('/v1/things?limit=0'), 400, 'invalid_request'],
  ['a limit of 201', get('/v1/things?limit=201'), 400, 'invalid_request'],
  ['a limit that is no number', get('/v1/things?limit=many'), 400, 'invalid_request'],
  ['an empty limit', get('/v1/things?limit='), 400, 'invalid_request'],
  ['two limits', get('/v1/things?limit=1&limit=2'), 400, 'invalid_request'],
  ['an empty cursor', get('/v1/things?cursor='), 400, 'invalid_request'],
  ['a cursor that is garbage', get('/v1/things?cursor=%F0%9F%98%80'), 400, 'invalid_cursor'],
  [
    'a cursor of another list',
    get(`/v1/things?cursor=${Buffer.from('grt_01h455vb4pex5vsknk084sn02q').toString('base64url')}`),
    400,
    'invalid_cursor',
  ],
  ['a broken percent-encoding in the path', get('/v1/things/%zz'), 400, 'invalid_request'],
  ['a broken percent-encoding at an unknown address', get('/nothing/%'), 400, 'invalid_request'],
  ['a broken percent-encoding in the query', get('/v1/things?q=%'), 400, 'invalid_request'],
  ['a percent-encoding that is not UTF-8', get('/v1/things/%ff%fe'), 400, 'invalid_request'],
  ['an encoded surrogate', get('/v1/things?q=%ED%A0%80'), 400, 'invalid_request'],
  ['U+0000 in the path', get('/v1/things/a%00b'), 400, 'invalid_request'],
  ['U+0000 in the query', get('/v1/things?q=%00'), 400, 'invalid_request'],
  ['a parameter too long', get(`/v1/things/${'x'.repeat(3000)}`), 400, 'invalid_request'],
  ['an unknown address', get('/v1/nothing'), 404, 'route_not_found'],
  ['a slash too many', get('/v1/things/'), 404, 'route_not_found'],
  ['a broken body at an unknown address', { ...json('{'), path: '/v1/nothing' }, 404, 'route_not_found'],
  ['a method that the address does not take', { ...json('{}'), method: 'put' }, 405, 'method_not_allowed'],
  ['DELETE on a list', { ...get('/v1/things'), method: 'delete' }, 405, 'method_not_allowed'],
  ['OPTIONS: nothing is open to other origins', { ...get('/v1/things'), method: 'options' }, 405, 'method_not_allowed'],
  ['a method from elsewhere', { ...get('/v1/things'), method: 'propfind' }, 405, 'method_not_allowed'],
]

describe('hostile input', () => {
  it.each(cases)('%s gets a clear refusal', async (_name, { method, path, body, headers }, status, code) => {
    const pending = new supertest.Test(url, method.toUpperCase(), path)
    if (body !== undefined) pending.set('content-type', 'application/json')
    pending.set('authorization', 'Bearer good').set(headers)
    const response = await (body === undefined ? pending : pending.serialize((sent) => sent).send(body))
    expect({ status: response.status, code: response.body.code }).toEqual({ status, code })
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(problemSchema.parse(response.body).detail).not.toBe('')
  })
})
