import { z } from 'zod'
import { parseDuration } from '../kernel/duration.ts'
import { suggestion } from './suggestion.ts'

/** An object that refuses keys it does not know: one line of the message for each of them, in their order. */
export const strict = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `unknown key${suggestion(key, Object.keys(shape))}`).join('\n')
        : undefined,
  })

/** Text of a form that `what` describes. */
export const matching = (form: RegExp, what: string) => z.string().regex(form, `must be ${what}`)

/** A list that must not be empty: an empty one could be read as all or as none. */
export const some = <Item extends z.ZodType>(item: Item, otherwise: string) => z.array(item).min(1, `must not be empty; ${otherwise}`)

export const accountId = matching(/^\d{12}$/, 'an AWS account id of 12 digits')
export const region = matching(/^[a-z]+(-[a-z]+)+-\d+$/, 'a region such as us-east-1')
export const name = matching(/^[\w.:/@+-]{1,100}$/, 'up to 100 letters, digits and . : / @ + - _')
export const personId = matching(/^[\w.@+-]{1,100}$/, 'up to 100 letters, digits and . @ + - _')
export const line = matching(/^[^\p{Cc}\p{Cs}]{1,200}$/u, 'up to 200 characters on one line')
/** What a policy can name letter by letter, and a database have. */
export const dbUserName = matching(
  /^(?! )[^\p{C}*?"'`/:\\\u0100-\u{10ffff}]{1,63}(?<! )$/u,
  'the name of one database user, of up to 63 characters: no pattern, no quotes, and none of / : \\',
)
export const tags = z.record(
  matching(/^[^\p{Cc}\p{Cs}]{1,128}$/u, 'a tag key of up to 128 characters'),
  matching(/^[^\p{Cc}\p{Cs}]{0,256}$/u, 'a tag value of up to 256 characters'),
)

export const who = strict({ groups: z.array(name).default([]), people: z.array(personId).default([]) })

const LONGEST = 366 * 86_400

/** An ISO 8601 duration, read as whole seconds. */
export const duration = z.string().transform((text, context) => {
  const seconds = parseDuration(text)
  if (seconds !== null && seconds <= LONGEST) return seconds
  context.addIssue({
    code: 'custom',
    message: 'must be an ISO 8601 duration of weeks, days, hours, minutes or seconds, such as PT8H, up to P366D',
  })
  return z.NEVER
})
