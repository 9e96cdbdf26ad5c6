import { type Actions, type Call, reads, writes } from '../action.ts'
import type { TextConstraint } from '../protocol/parameters.ts'
import { limitExceeded, Refusal, validationError } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import { setTags, type Tag } from '../state.ts'
import { iamPage } from './iam-page.ts'

/** IAM User Guide, "Rules for tagging in IAM and AWS STS". */
const TAGS_QUOTA = 50

const tagKey: TextConstraint = { min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]+' }
const tagValue: TextConstraint = { min: 0, max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]*' }

interface Tagged {
  readonly find: (call: Call) => { tags: Tag[] }
  readonly findModifiable: (call: Call) => { tags: Tag[] }
}

/** Tag, untag and list tags, of roles, users or policies; groups have none. */
export const tagActions = (noun: 'Role' | 'User' | 'Policy', { find, findModifiable }: Tagged): Actions => [
  [
    `Tag${noun}`,
    writes((call) => {
      const { tags } = findModifiable(call)
      setTags(tags, tagsOf(call))
      if (tags.length > TAGS_QUOTA) throw limitExceeded(`Cannot exceed quota for TagsPer${noun}: ${TAGS_QUOTA}`)
      return null
    }),
  ],
  [
    `Untag${noun}`,
    writes((call) => {
      const tagged = findModifiable(call)
      const unwanted = call.parameters.texts('TagKeys.member')
      tagged.tags = tagged.tags.filter(({ key }) => !unwanted.includes(key))
      return null
    }),
  ],
  [`List${noun}Tags`, reads((call) => iamPage(call, 'Tags', find(call).tags, ({ key }) => key, describeTag))],
]

/** The tags that the call brings. Throws ValidationError, and InvalidInput for a key that comes twice, whatever its case. */
export function tagsOf(call: Call): Tag[] {
  const tags = call.parameters
    .structures('Tags.member')
    .map((tag) => ({ key: tag.text('Key', tagKey), value: tag.text('Value', tagValue) }))
  if (new Set(tags.map(({ key }) => key.toLowerCase())).size < tags.length) {
    throw new Refusal(400, 'InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  if (tags.length > TAGS_QUOTA) {
    throw validationError(
      `1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to ${TAGS_QUOTA}`,
    )
  }
  return tags
}

/** As an element of XML; null when there are none, because IAM leaves the list out then. */
export const tagList = (tags: readonly Tag[]): XmlElement | null => (tags.length > 0 ? { member: tags.map(describeTag) } : null)

const describeTag = ({ key, value }: Tag): XmlElement => ({ Key: key, Value: value })
