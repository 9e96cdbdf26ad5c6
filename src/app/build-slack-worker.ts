import { type JobRunner, type SlackErrandPayload, type SlackShowPayload, startRunner } from '../jobs/index.ts'
import { runErrand, type SlackParts, showRequest, spreadSlackNotes } from '../slack/index.ts'
import type { Worker } from './build-worker.ts'

/** How many members are served at the same time by one process, besides what is shown. */
const CONCURRENCY = 4

/** What shows requests in Slack and does what is clicked there; a job runner of its own, so that Slack holds up nothing but Slack. */
export function buildSlackWorker(parts: SlackParts): Worker {
  const show = showRequest(parts)
  const tasks = {
    slackSpread: spreadSlackNotes(parts.db),
    slackShow: ({ requestId }: SlackShowPayload) => show(requestId),
    slackErrand: (payload: SlackErrandPayload) => runErrand(parts)(payload),
  }
  let runner: JobRunner | null = null
  return {
    start: () => {
      runner ??= startRunner({ database: parts.db, tasks, concurrency: CONCURRENCY, log: parts.log })
    },
    stop: async () => {
      const stopping = runner
      runner = null
      await stopping?.stop()
    },
  }
}
