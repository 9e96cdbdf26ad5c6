import { AwsError } from './errors.ts'

/** A member that AWS's model marks as required in its answers, though the SDK's types do not. */
export function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw unreadable('AWS left out a part of its answer')
  return value
}

/** Documents come percent-encoded by RFC 3986 (API_GetRolePolicy.html): a plus sign stands for itself. */
export function decodeDocument(encoded: string, policy: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch (error) {
    throw unreadable(`the document of policy ${policy} is not percent-encoded UTF-8`, error)
  }
}

/** What was asked for, or null if there is no such thing. */
export async function orNullIfGone<Value>(pending: Promise<Value>): Promise<Value | null> {
  try {
    return await pending
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

export const isGone = (error: unknown): error is AwsError => error instanceof AwsError && error.reason === 'not_found'

interface Paged {
  readonly IsTruncated?: boolean | undefined
  readonly Marker?: string | undefined
  readonly NextToken?: string | undefined
}

/**
 * All items of an answer that comes in pages: there is another one as long as IsTruncated says so, or, where there is no
 * such member, as long as there is a Marker (RDS) or a NextToken (SSO Admin). A page without its list is no empty one, and
 * throws.
 */
export async function allPages<Page extends Paged, Item>(
  ask: (marker: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = []
  let marker: string | undefined
  do {
    const page = await ask(marker)
    items.push(...given(itemsOf(page)))
    marker = page.IsTruncated === true ? given(page.Marker) : page.IsTruncated === false ? undefined : (page.Marker ?? page.NextToken)
  } while (marker !== undefined)
  return items
}

const unreadable = (message: string, cause?: unknown): AwsError =>
  new AwsError(message, { reason: 'unknown', awsCode: null, awsRequestId: null, answered: true, cause })
