import { z } from 'zod'

export const tagSchema = z.strictObject({ key: z.string(), value: z.string() })

export type Tag = z.infer<typeof tagSchema>

/** Sets tags: a key that is there gets the new value. */
export function setTags(tags: Tag[], wanted: readonly Tag[]): void {
  for (const { key, value } of wanted) {
    const present = tags.find((tag) => tag.key === key)
    if (present) present.value = value
    else tags.push({ key, value })
  }
}
