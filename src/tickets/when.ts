import type { When } from '../config/index.ts'
import { atPointer } from '../kernel/json-pointer.ts'
import { plainText } from './plain-text.ts'

/** Whether a payload says all that a condition wants. What is not text has no text, and fits nothing. Pure. */
export const holds = (when: When, payload: unknown): boolean =>
  when.every(({ pointer, oneOf, has }) => {
    const value = atPointer(payload, pointer)
    if (oneOf !== null) return oneOf.includes(plainText(value) ?? '')
    return (
      Array.isArray(value) &&
      value.some((member) => Object.entries(has ?? {}).every(([name, text]) => plainText(ownOf(member, name)) === text))
    )
  })

const ownOf = (member: unknown, name: string): unknown =>
  typeof member === 'object' && member !== null && Object.hasOwn(member, name) ? Reflect.get(member, name) : undefined
