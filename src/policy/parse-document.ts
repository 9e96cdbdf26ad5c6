import { pointerTo } from '../kernel/json-pointer.ts'
import { repeatedName } from '../kernel/repeated-name.ts'
import { outsideDocument } from './document.ts'
import type { Faults } from './faults.ts'
import { quoted } from './quoted.ts'

/** docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html, PolicyDocument. */
const longest = 131_072

/** The JSON of a document's text. Notes a fault, and answers undefined, for what IAM would not store or readers would read differently. */
export function parseDocument(text: string, faults: Faults): unknown {
  if (text.length > longest) {
    return faults.note('', `has ${text.length} characters; no policy document has more than ${longest}`)
  }
  const outside = outsideDocument.exec(text)?.[0]
  if (outside !== undefined) {
    return faults.note('', `contains ${quoted(outside)}, which an IAM policy cannot hold: its characters end at U+00FF`)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return faults.note('', `is not JSON: ${error instanceof Error ? error.message : 'it cannot be parsed'}`)
  }
  const repeated = repeatedName(text)
  if (repeated !== null) return faults.note(pointerTo(repeated), `the name ${quoted(String(repeated.at(-1)))} is given twice in one object`)
  return json
}
