import type { Tx } from '../db/index.ts'
import type { Id } from '../kernel/ids.ts'

/** What somebody in Slack wants done after their click was answered. */
export type SlackErrand =
  | { readonly kind: 'approve'; readonly request: Id<'req'> }
  | { readonly kind: 'return'; readonly grant: Id<'grt'> }
  | { readonly kind: 'link' }
  /** `extending` is the grant that is to have more time, as the form names it; null: the form asks for access. */
  | { readonly kind: 'ask'; readonly view: FormInSlack; readonly extending: string | null }

/** A form as somebody filled it in; its view is what it is known by. */
interface FormInSlack {
  readonly id: string
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, FormElement>>>> }
}

interface FormElement {
  readonly value?: string | null | undefined
  readonly selected_option?: { readonly value: string } | null | undefined
}

export interface SlackErrandPayload {
  readonly team: string
  readonly user: string
  /** When Slack asked for it, by the database's clock, in RFC 3339. */
  readonly at: string
  readonly errand: SlackErrand
}

export interface SlackShowPayload {
  readonly requestId: Id<'req'>
}

declare global {
  namespace GraphileWorker {
    interface Tasks {
      slackSpread: Record<string, never>
      slackShow: SlackShowPayload
      slackErrand: SlackErrandPayload
    }
  }
}

/** What is shown is shown one request after the other: Slack takes about a message a second for each channel. */
const SHOWING = 'slack'

/** Has what was noted for Slack looked at; the trigger that notes it adds this job too. */
export async function enqueueSlackSpreading(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`select id from graphile_worker.add_job('slackSpread')`
}

/** Has what Slack shows of requests brought up to date as soon as this transaction is committed; many calls before it runs become one run. */
export async function enqueueSlackShows(tx: Tx, requestIds: readonly Id<'req'>[]): Promise<void> {
  await tx.prisma.$executeRaw`
    select job.id from unnest(${[...requestIds].sort()}::text[]) as request(id),
      lateral graphile_worker.add_job(
        'slackShow', payload := json_build_object('requestId', request.id), queue_name := ${SHOWING},
        job_key := 'slack ' || request.id || ':now', job_key_mode := 'preserve_run_at') as job`
}

/** The same at a later time, in place of any such time that was set before. */
export async function scheduleSlackShow(tx: Tx, requestId: Id<'req'>, at: Date): Promise<void> {
  await tx.prisma.$executeRaw`
    select id from graphile_worker.add_job(
      'slackShow', payload := json_build_object('requestId', ${requestId}::text), queue_name := ${SHOWING},
      job_key := ${`slack ${requestId}:alarm`}, run_at := ${at})`
}

/** Has an errand run as soon as this transaction is committed; the same errand of the same member twice before it runs is one run. */
export async function enqueueSlackErrand(tx: Tx, { team, user, errand }: Omit<SlackErrandPayload, 'at'>): Promise<void> {
  const payload = JSON.stringify({ team, user, at: (await tx.now()).toISOString(), errand })
  const member = `slack ${team} ${user}`
  await tx.prisma.$executeRaw`
    select id from graphile_worker.add_job(
      'slackErrand', payload := ${payload}::json, queue_name := ${member}, job_key := ${`${member} ${JSON.stringify(errand)}`.slice(0, 500)})`
}
