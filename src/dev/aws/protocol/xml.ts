import type { Refusal } from './refusal.ts'

/** What an element holds. `null` leaves the element out, an array repeats it. */
type XmlValue = string | number | boolean | null | XmlElement | XmlValue[]
export interface XmlElement {
  readonly [name: string]: XmlValue
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#13;' }

const escapeText = (text: string): string => text.replace(/[&<>"'\r]/g, (character) => entities[character] ?? character)

function write(name: string, value: XmlValue): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map((item) => write(name, item)).join('')
  return `<${name}>${typeof value === 'object' ? writeAll(value) : escapeText(String(value))}</${name}>`
}

const writeAll = (element: XmlElement): string =>
  Object.entries(element)
    .map(([name, value]) => write(name, value))
    .join('')

const envelope = (name: string, namespace: string, content: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}">${writeAll(content)}</${name}>\n`

/** The answer to a call of AWS's query protocol; `result` is null for an operation that answers nothing. */
export const answerXml = (namespace: string, action: string, result: XmlElement | null, requestId: string): string =>
  envelope(`${action}Response`, namespace, { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } })

/** The answer that refuses a call. `Sender` means the caller's fault, `Receiver` the service's. */
export const refusalXml = (namespace: string, refusal: Refusal, requestId: string): string =>
  envelope('ErrorResponse', namespace, {
    Error: { Type: refusal.status < 500 ? 'Sender' : 'Receiver', Code: refusal.code, Message: refusal.message },
    RequestId: requestId,
  })
