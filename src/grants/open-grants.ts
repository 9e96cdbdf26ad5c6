import type { Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { compile, countedCharacters, inlineQuota, parseConnectArn } from '../policy/index.ts'
import type { NewGrant } from './grant.ts'
import { insertGrants, reservedOn } from './grant-store.ts'
import { ensureTarget, type TargetIdentity } from './target-store.ts'

export interface OpenGrants {
  /** The principal as it is in IAM now, and what other people's inline policies take up there, in non-blank characters. */
  readonly target: TargetIdentity & { readonly foreignCharacters: number }
  readonly deploymentId: string
  readonly grants: readonly NewGrant[]
  readonly actor: ActorRecord
  readonly now: Date
}

/**
 * Opens grants on a target and reserves their room in IAM: under the target's row lock everything that is
 * approved and has not begun to end is counted, written or not. Throws `quota_exceeded` if it would not fit.
 */
export async function openGrants(tx: Tx, opening: OpenGrants): Promise<void> {
  const { foreignCharacters, ...identity } = opening.target
  const target = await ensureTarget(tx, identity)
  const arns = [...(await reservedOn(tx, target.id)), ...opening.grants.map((grant) => grant.resourceArn)]
  const documents = [...compile(arns.map(parseConnectArn), opening.deploymentId).values()]
  const needed = documents.reduce((sum, document) => sum + countedCharacters(document), 0)
  const quota = inlineQuota(identity.kind)
  if (needed + foreignCharacters > quota) {
    throw new SallyportError(
      'quota_exceeded',
      `The inline policies of ${identity.arn} may have ${quota} characters: ${foreignCharacters} are taken by others, and Sallyport’s would have ${needed}.`,
    )
  }
  await insertGrants(tx, target.id, opening.grants, opening.actor, opening.now)
}
