import { type Command, Option } from 'commander'
import type { AskForAccess, Request, RequestPreview } from '../client/index.ts'
import { type Call, calling, personal } from './command.ts'
import { needsOf, requestInWords } from './describe.ts'
import { UsageError } from './failure.ts'
import { completed } from './questions.ts'
import type { Terminal } from './terminal.ts'
import { readDuration, readTime } from './time.ts'
import { waitUntilActive } from './wait.ts'
import { facts, inline, lasting } from './words.ts'

export interface RequestOptions {
  readonly json?: boolean
  readonly principal?: string
  readonly reason?: string
  readonly duration?: string
  readonly standing?: boolean
  readonly emergency?: boolean
  readonly startsAt?: string
  readonly for?: string
  readonly ticket?: string
  readonly accessRole?: boolean
  readonly preview?: boolean
  readonly wait?: boolean
}

/** `sallyport request`: asks for access. */
export function addRequest(program: Command, terminal: Terminal): void {
  personal(
    program,
    'request [db-user@database...]',
    'asks for access to database users, such as db_user@orders',
    "request db_user@orders --principal arn:aws:iam::123456789012:role/app-reader --reason 'Slow invoices' --wait",
    'request db_user@orders --principal arn:aws:iam::123456789012:role/app-reader --reason x --duration 30m --preview',
  )
    .option('--principal <arn>', 'the IAM role, user or group that is to connect')
    .option('--reason <text>', 'why; approvers and the audit log see it')
    .option('--duration <duration>', 'how long, such as 90m, 2h or PT2H; the default of the rule unless given')
    .addOption(new Option('--standing', 'without an end, for as long as reviewers keep it').conflicts(['duration', 'emergency']))
    .option('--emergency', 'at once without approval, where a rule lets you; named people are told, and it is reviewed')
    .option('--starts-at <time>', 'when, if not at once: local time such as "2026-11-24 09:00", or RFC 3339')
    .option('--for <person>', 'who will use it, if that is somebody else')
    .option('--ticket <system:key>', 'such as jira:OPS-17')
    .option('--access-role', 'through a role in the database’s account, which the principal assumes')
    .option('--preview', 'shows what it would come to, and asks for nothing')
    .option('--wait', 'waits until it is decided and active')
    .addHelpText(
      'after',
      `
A database is named by its name in RDS, its resource id or its ARN; \`sallyport databases\` lists them. What is missing is
asked for, if there is somebody to ask. With --wait the exit code is 0 when the access is there.`,
    )
    .action(
      calling(terminal, async (call, options: RequestOptions, wanted: readonly string[]) => {
        const { entitlements, principal, reason } = await completed(call, { ...options, wanted })
        const body: AskForAccess = {
          entitlements,
          principal,
          reason,
          ...(options.duration === undefined ? {} : { duration: readDuration(options.duration) }),
          ...(options.standing === true ? { duration: null } : {}),
          ...(options.emergency === true ? { emergency: true } : {}),
          ...(options.startsAt === undefined ? {} : { startsAt: readTime(options.startsAt) }),
          ...(options.for === undefined ? {} : { beneficiary: options.for }),
          ...(options.ticket === undefined ? {} : { ticket: ticketOf(options.ticket) }),
          ...(options.accessRole === true ? { path: 'access-role' as const } : {}),
        }
        await (options.preview === true ? preview(call, body) : ask(call, body, options.wait === true))
      }),
    )
}

async function ask(call: Call, body: AskForAccess, wait: boolean): Promise<void> {
  const { sallyport, terminal, print } = call
  const asked = await sallyport.post('/v1/requests', { body })
  if (wait) terminal.tell(`Asked: ${asked.id}`)
  const request = wait ? await waitUntilActive(call, asked) : asked
  print(request, () => [requestInWords(request, terminal), '', next(request)].join('\n'))
}

async function preview({ sallyport, terminal, print }: Call, body: AskForAccess): Promise<void> {
  const seen = await sallyport.post('/v1/requests/preview', { body })
  print(seen, () => previewInWords(seen, terminal))
  if (!seen.allowed) terminal.exit(1)
}

function previewInWords(seen: RequestPreview, terminal: Call['terminal']): string {
  if (!seen.allowed) return ['It would be refused.', ...seen.refusals.map(({ detail }) => `  ${inline(detail)}`)].join('\n')
  const duration = seen.duration === null ? null : lasting(seen.duration)
  const { review } = seen
  return [
    seen.approvalsNeeded.length === 0 ? 'It would be approved at once.' : 'It would wait for approval.',
    facts([
      ['rule', [...new Set(seen.rules.map(({ rule }) => rule))].join(', ')],
      ['needs', needsOf(seen.stages, terminal.now())],
      ['can approve', seen.approvers.join(', ') || null],
      [
        'duration',
        duration === null ? null : `${duration}${seen.longestDuration === null ? '' : `, at most ${lasting(seen.longestDuration)}`}`,
      ],
      ['review', review === null ? null : reviewInWords(review)],
      ['warning', seen.warnings.map(({ detail }) => inline(detail)).join('\n') || null],
      ['policy', seen.policies?.after?.map(({ document, entity }) => `${document} on ${entity}`).join('\n') ?? null],
    ]),
  ].join('\n')
}

function reviewInWords({ reviewers, every }: NonNullable<RequestPreview['review']>): string {
  const by = [...reviewers.groups, ...reviewers.people].join(', ')
  return every === null ? `afterwards, by ${by}` : `every ${lasting(every)}, by ${by}; it ends if nobody keeps it`
}

function next({ id, status, grants }: Request): string {
  if (grants.length > 0) return grants.map((grant) => `To connect: sallyport connect ${grant.id}`).join('\n')
  return status === 'pending' ? `To see how it stands: sallyport show ${id}` : ''
}

function ticketOf(text: string): { system: string; key: string } {
  const [, system, key] = /^([^:]+):(.+)$/.exec(text) ?? []
  if (system === undefined || key === undefined) throw new UsageError(`${JSON.stringify(text)} is not system:key, such as jira:OPS-17.`)
  return { system, key }
}
