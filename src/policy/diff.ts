import { hashDocument, type InlineDocuments, printDocument } from './document.ts'
import { applyWrite, type Plan, type PolicyWrite } from './plan.ts'
import { mayAllow, readDocument } from './read-document.ts'

/**
 * The calls that make the observed documents equal to the desired ones, byte for byte; none if they are.
 * `desired` must come from compile; `observed` must hold the policies of this deployment and no others.
 *
 * INVARIANT: after each call, whatever was allowed and is granted still is, and nothing is allowed that is neither
 * granted nor was before. After phase 1 nothing is allowed that is not granted. (With several documents this holds as
 * long as nobody has written into one a Deny of what another allows: it goes when its own document is mended.)
 *
 * Phase 1 makes a document that compile wrote only shorter, so that no quota can refuse it: an addition that cannot be
 * made holds up no removal. A document that somebody has changed is replaced in phase 1 by as much of what is granted
 * as it may have allowed; where that cannot be read, by all that is granted.
 */
export function diff(desired: InlineDocuments, observed: InlineDocuments): Plan {
  const plan: PolicyWrite[] = []
  let documents = observed

  const write = (phase: PolicyWrite['phase'], policyName: string, document: string | null): void => {
    const before = documents.get(policyName) ?? null
    if (document === before) return
    const operation = document === null ? 'delete' : 'put'
    const next: PolicyWrite = { phase, operation, policyName, document, hashBefore: hash(before), hashAfter: hash(document) }
    plan.push(next)
    documents = applyWrite(documents, next)
  }

  const granted = new Map(byName(desired).map(([name, document]) => [name, compiledResources(document)]))
  const allGranted = new Set([...granted.values()].flat())

  for (const [name, document] of byName(observed)) {
    const reading = readDocument(document)
    const allGrantedHere = reading.ours && reading.resources.every((resource) => allGranted.has(resource))
    if (!allGrantedHere) write(1, name, printDocument([...allGranted].filter(mayAllow(reading))))
  }

  for (const [name, resources] of granted) {
    const document = documents.get(name)
    const standing = new Set(document === undefined ? [] : readDocument(document).resources)
    const allStanding = resources.every((resource) => standing.has(resource))
    if (!allStanding) write(2, name, printDocument([...standing, ...resources]))
  }

  for (const [name] of byName(documents)) write(3, name, desired.get(name) ?? null)

  return plan
}

/** The ARNs of a document that compile made. Any other is a fault of the caller's, and planning stops before it does harm. */
function compiledResources(document: string): readonly string[] {
  const { ours, resources } = readDocument(document)
  if (!ours) throw new Error('diff was given a desired document that compile did not make')
  return resources
}

/** In the order of the names' code units, so that equal inputs give equal plans. */
const byName = (documents: InlineDocuments): [name: string, document: string][] =>
  [...documents].sort(([one], [other]) => (one < other ? -1 : 1))

const hash = (document: string | null): string | null => (document === null ? null : hashDocument(document))
