import { Argument, type Command } from 'commander'
import type { Review } from '../client/index.ts'
import { calling, personal } from './command.ts'
import { reviewInWords, reviewsInTable } from './describe-review.ts'
import { everyOne } from './lists.ts'
import type { Terminal } from './terminal.ts'
import { whichReview } from './which-one.ts'

type Outcome = NonNullable<Review['outcome']>
const outcomes = ['justified', 'unjustified', 'keep', 'end'] as const satisfies readonly Outcome[]

/** `sallyport reviews` and `sallyport sign`: what was given without approval or without an end, and what is thought of it. */
export function addReviews(program: Command, terminal: Terminal): void {
  personal(program, 'reviews', 'what waits for your signature: emergency and standing access', 'reviews').action(
    calling(terminal, async ({ sallyport, print }) => {
      const reviews = await everyOne(sallyport, '/v1/reviews', { params: { query: { reviewer: 'me' } } })
      print(reviews, () => (reviews.length === 0 ? 'No review waits for you.' : reviewsInTable(reviews, terminal)))
    }),
  )
  personal(
    program,
    'sign <review>',
    'signs a review: its id, its request, or whose access it is',
    "sign rev_01kazv5vb4pex5vsknk084sn02 justified --note 'INC-17; the query is in the ticket'",
    "sign developer keep --note 'The nightly report needs it'",
  )
    .addArgument(
      new Argument(
        '<outcome>',
        'of emergency access justified, or unjustified, which ends what is left of it; of standing access keep, until its next review, or end',
      ).choices(outcomes),
    )
    .requiredOption('--note <text>', 'why; kept in the audit log')
    .action(
      calling(terminal, async ({ sallyport, print }, { note }: { json?: boolean; note: string }, named: string, outcome: Outcome) => {
        const id = await whichReview(sallyport, named)
        const review = await sallyport.post('/v1/reviews/{id}/sign', { params: { path: { id } }, body: { outcome, note } })
        print(review, () => reviewInWords(review, terminal))
      }),
    )
}
