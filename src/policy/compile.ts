import { type ConnectArn, covers, printConnectPattern } from './connect-arn.ts'
import { type InlineDocuments, printDocument } from './document.ts'

/** The name of the inline policy that belongs to a deployment; under any other name nothing is ever touched. */
export const policyName = (deploymentId: string): string => `sallyport-${deploymentId}`

/**
 * The documents that a target should have while these ARNs are granted on it: the smallest that allow them and nothing
 * else. The same ARNs in any order, repeated or not, give the same bytes; no ARN gives no document.
 * Throws `invalid_arn` for an ARN that is not one.
 */
export function compile(arns: readonly ConnectArn[], deploymentId: string): InlineDocuments {
  const document = printDocument(withoutCovered(arns).map(printConnectPattern))
  return document === null ? new Map() : new Map([[policyName(deploymentId), document]])
}

/** Leaves out each ARN that a wider one among them lets connect to as well. */
function withoutCovered(arns: readonly ConnectArn[]): readonly ConnectArn[] {
  const wide = arns.filter((arn) => arn.resourceId === '*' || arn.dbUser === '*')
  return arns.filter((arn) => !wide.some((other) => covers(other, arn) && !covers(arn, other)))
}
