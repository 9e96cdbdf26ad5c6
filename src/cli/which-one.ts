import type { Grant, Request, Review, Sallyport } from '../client/index.ts'
import { accessOf } from './describe.ts'
import { UsageError } from './failure.ts'
import { everyOne } from './lists.ts'

/** A thing that a person can mean, and the words for it. */
interface Candidate {
  readonly id: string
  readonly names: readonly string[]
  readonly words: string
}

/** As short as the end of an id may be: fewer characters are more likely a slip. */
const SHORTEST = 4
const GRANT_ID = /^grt_[0-9a-z]{26}$/
const REQUEST_ID = /^req_[0-9a-z]{26}$/
const REVIEW_ID = /^rev_[0-9a-z]{26}$/

/**
 * The id of the grant that is meant: by its id, or, of those that are yours in force, by the beginning or end of the id,
 * by `db_user@orders`, or by the database. Throws a UsageError for what means none of them, and for what means several.
 */
export const whichGrant = async (sallyport: Sallyport, text: string): Promise<string> =>
  GRANT_ID.test(text) ? text : only(text, await grantsOf(sallyport), 'grant of yours that is in force')

/** The same for a request: by its id, or, of those that wait for you or that you wait for, by the beginning or end of the id. */
export const whichRequest = async (sallyport: Sallyport, text: string): Promise<string> =>
  REQUEST_ID.test(text) ? text : only(text, await requestsOf(sallyport), 'request that waits, of yours or for your decision')

/**
 * The same for a review: by its id, or, of those that wait for your signature, by the beginning or end of the id, by the
 * request or by who uses the access.
 */
export const whichReview = async (sallyport: Sallyport, text: string): Promise<string> =>
  REVIEW_ID.test(text) ? text : only(text, await reviewsOf(sallyport), 'review that waits for you', 'reviews')

/** The same for a grant or a request; of a review, the id. */
export async function whichOfAll(sallyport: Sallyport, text: string): Promise<string> {
  if ([GRANT_ID, REQUEST_ID, REVIEW_ID].some((form) => form.test(text))) return text
  const [grants, requests] = await Promise.all([grantsOf(sallyport), requestsOf(sallyport)])
  return only(text, [...grants, ...requests], 'grant of yours that is in force, and no request that waits')
}

async function grantsOf(sallyport: Sallyport): Promise<Candidate[]> {
  const grants = await everyOne(sallyport, '/v1/grants', { params: { query: { beneficiary: 'me', status: 'live' } } })
  return grants.map((grant: Grant) => {
    const database = grant.database?.identifier ?? '*'
    return { id: grant.id, names: [database, `${grant.dbUser}@${database}`, grant.request], words: accessOf(grant) }
  })
}

async function requestsOf(sallyport: Sallyport): Promise<Candidate[]> {
  const [asked, toDecide] = await Promise.all([
    everyOne(sallyport, '/v1/requests', { params: { query: { person: 'me', status: 'pending' } } }),
    everyOne(sallyport, '/v1/requests', { params: { query: { approver: 'me', status: 'pending' } } }),
  ])
  const each = new Map([...asked, ...toDecide].map((request: Request) => [request.id, request]))
  return [...each.values()].map((request) => ({
    id: request.id,
    names: [],
    words: `${request.entitlements.map(accessOf).join(', ')}, by ${request.requester}`,
  }))
}

async function reviewsOf(sallyport: Sallyport): Promise<Candidate[]> {
  const reviews = await everyOne(sallyport, '/v1/reviews', { params: { query: { reviewer: 'me' } } })
  return reviews.map((review: Review) => ({
    id: review.id,
    names: [review.request, review.beneficiary],
    words: `${review.kind} access of ${review.beneficiary}, ${review.access.map(accessOf).join(', ')}`,
  }))
}

function only(text: string, candidates: readonly Candidate[], kind: string, shownBy = 'list'): string {
  const part = text.replace(/^(grt|req|rev)_/, '')
  const means = ({ id, names }: Candidate): boolean => {
    const rest = id.slice(4)
    return names.includes(text) || (part.length >= SHORTEST && (rest.startsWith(part) || rest.endsWith(part)))
  }
  const [meant, ...others] = candidates.filter(means)
  if (meant === undefined) throw new UsageError(`${JSON.stringify(text)} is no ${kind}; \`sallyport ${shownBy}\` shows them.`)
  if (others.length === 0) return meant.id
  const all = [meant, ...others].map(({ id, words }) => `\n  ${id}  ${words}`)
  throw new UsageError(`${JSON.stringify(text)} can mean several; name one by its id:${all.join('')}`)
}
