import type { z } from 'zod'
import { SallyportError } from '../kernel/errors.ts'
import type { Asked } from './draft-request.ts'
import type { askBody } from './schemas.ts'

/** What a body asks for: a duration left out is the rule's default, and null is none at all. Throws `invalid_duration` for an emergency without an end. */
export function askedInBody({ duration, emergency, ...body }: z.output<typeof askBody>): Asked {
  const standing = duration === null
  if (emergency && standing) {
    const fields = [{ pointer: '/duration', detail: 'must not be null in an emergency' }]
    throw new SallyportError('invalid_duration', 'Emergency access has an end: name a duration, or leave it to the rule.', { fields })
  }
  return { ...body, extending: null, duration: duration ?? null, manner: emergency ? 'emergency' : standing ? 'standing' : 'ordinary' }
}
