import type { Aws, IamEntity } from '../../aws/index.ts'
import { expectEqual, type Stage } from './stage.ts'

/** Reads with the AWS SDK what IAM holds, as somebody who knows nothing of Sallyport. */
export interface IamReader {
  /** Each of the principals has this one document, byte for byte in its compact form, and no other inline policy. */
  holds(principals: readonly string[], document: object): Promise<void>
  holdsNothing(principals: readonly string[]): Promise<void>
}

const account = { id: '123456789012', partition: 'aws', regions: ['us-east-2'], roleArn: null, externalId: null }

export function iamReader(stage: Stage, aws: Aws, policyName: string): IamReader {
  const policiesOf = (principal: string) => aws.session(account).listInlinePolicies(entityOf(principal))
  return {
    holds: (principals, document) =>
      stage.step({ who: 'IAM', what: `holds for ${principals.join(', ')}` }, async () => {
        const wanted = [{ name: policyName, document: JSON.stringify(document) }]
        for (const principal of principals) expectEqual(`the inline policies of ${principal}`, await policiesOf(principal), wanted)
        return { result: undefined, outcome: `, in the inline policy ${policyName}`, below: JSON.stringify(document, null, 2).split('\n') }
      }),

    holdsNothing: (principals) =>
      stage.step({ who: 'IAM', what: `holds nothing for ${principals.join(', ')}` }, async () => {
        for (const principal of principals) expectEqual(`the inline policies of ${principal}`, await policiesOf(principal), [])
        return { result: undefined }
      }),
  }
}

function entityOf(principal: string): IamEntity {
  const [kind, name] = principal.split('/')
  if ((kind === 'role' || kind === 'user') && name !== undefined) return { kind, name }
  throw new Error(`${principal} is neither role/<name> nor user/<name>`)
}
