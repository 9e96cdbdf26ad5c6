import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  type IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { type Filling, filled, policiesOf, type TierName } from './documents.ts'

/** Deploys the role of a tier, as the templates do; that of another tier under the same name is replaced. */
export async function deploy(iam: IAMClient, tier: TierName, filling: Filling): Promise<string> {
  const boundary = { PolicyName: filling.boundary.split('/').at(-1), Path: '/sallyport/', PolicyDocument: filled('boundary', filling) }
  await unlessThere(iam.send(new CreatePolicyCommand(boundary)))
  const names = policiesOf(tier, filling)
  return deployWith(iam, filling, new Map(names.map((name) => [name, filled(name, filling)])))
}

/** The same with other policies than a tier's. */
export async function deployWith(iam: IAMClient, filling: Filling, policies: ReadonlyMap<string, string>): Promise<string> {
  await unlessThere(iam.send(new CreateRoleCommand({ RoleName: filling.role, AssumeRolePolicyDocument: filled('trust', filling) })))
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: filling.role }))
  for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName: filling.role, PolicyName }))
  for (const [PolicyName, PolicyDocument] of policies) {
    await iam.send(new PutRolePolicyCommand({ RoleName: filling.role, PolicyName, PolicyDocument }))
  }
  return `arn:${filling.partition}:iam::${filling.account}:role/${filling.role}`
}

async function unlessThere(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'EntityAlreadyExistsException') throw error
  })
}
