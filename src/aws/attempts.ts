import type { $Command, IAMClient, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-iam'
import type { WriteGuard } from './account.ts'
import { judgeError, toAwsError } from './errors.ts'
import { GuardStop } from './retry.ts'

type CommandOf<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = Parameters<
  typeof IAMClient.prototype.send<Input, Output>
>[0]

/** Sends a command of IAM's, in the words of one errand. */
export type Send = <Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  command: CommandOf<Input, Output>,
) => Promise<Output>

/** Begins an errand: what it is about, for error messages, and the guard of its writes. */
export type Sender = (about: string, guard?: WriteGuard) => Send

export const senderOver =
  (client: IAMClient): Sender =>
  (about, guard) =>
  (command) =>
    followed(command, about, guard, () => client.send(command))

interface Answer {
  readonly $metadata: object
}

/**
 * Sends a command of any service's and follows its attempts. Throws AwsError, or what the guard threw if nothing was
 * sent whose fate is open.
 *
 * The guard stands last in the SDK's finalizeRequest step: inside the retry loop, after the signature, and
 * before the request gets a socket. From there to AWS's answer lies at most the request timeout.
 */
export async function followed<Input extends object, Output extends Answer>(
  command: Pick<$Command<Input, Output, unknown, object, Answer>, 'middlewareStack'>,
  about: string,
  guard: WriteGuard = () => {},
  send: () => Promise<Output>,
): Promise<Output> {
  const doing = `${command.constructor.name.replace(/Command$/, '')} ${about}`
  const open: unknown[] = [] // what ended the attempts that were sent and whose fate is not known
  command.middlewareStack.add(
    (next) => async (args) => {
      stopIfRefused(guard)
      try {
        return await next(args)
      } catch (error) {
        const { refused, unsent } = judgeError(error)
        if (!refused && !unsent) open.push(error)
        throw error
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'sallyportAttempt' },
  )
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof GuardStop)) throw toAwsError(doing, error, open.length === 0)
    throw open.length === 0 ? error.stoppedBy : toAwsError(`${doing}: not tried again`, open.at(-1), false, error.stoppedBy)
  }
}

function stopIfRefused(guard: WriteGuard): void {
  try {
    guard()
  } catch (error) {
    throw new GuardStop(error)
  }
}
