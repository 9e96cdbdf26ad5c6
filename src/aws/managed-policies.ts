import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyVersionCommand,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam'
import type { ManagedPolicy, ManagedPolicySession } from './account-session.ts'
import { allPages, decodeDocument, given, orNullIfGone } from './answer.ts'
import type { Send, Sender } from './attempts.ts'
import { whenGone, written } from './receipt.ts'

/** The part of AccountSession that is about customer managed policies. */
export const managedPolicies = (sender: Sender): ManagedPolicySession => ({
  getManagedPolicy: (arn) => orNullIfGone(getManagedPolicy(sender(arn), arn)),

  createManagedPolicy: ({ name, path, document }, guard) =>
    written(sender(name, guard)(new CreatePolicyCommand({ PolicyName: name, Path: path, PolicyDocument: document }))),

  createPolicyVersion: (arn, document, guard) =>
    written(sender(arn, guard)(new CreatePolicyVersionCommand({ PolicyArn: arn, PolicyDocument: document, SetAsDefault: true }))),

  deletePolicyVersion: (arn, versionId, guard) =>
    whenGone(written(sender(arn, guard)(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: versionId })))),

  deleteManagedPolicy: (arn, guard) => whenGone(written(sender(arn, guard)(new DeletePolicyCommand({ PolicyArn: arn })))),
})

async function getManagedPolicy(send: Send, arn: string): Promise<ManagedPolicy> {
  const versions = await allPages(
    (Marker) => send(new ListPolicyVersionsCommand({ PolicyArn: arn, Marker })),
    (page) => page.Versions,
  )
  const current = given(given(versions.find((version) => version.IsDefaultVersion === true)).VersionId)
  const { PolicyVersion: found } = await send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: current }))
  const spares = versions.map((version) => given(version.VersionId)).filter((version) => version !== current)
  return { document: decodeDocument(given(found?.Document), arn), version: current, spares: spares.sort(byNumber) }
}

/** `v9` is older than `v10`. */
const byNumber = (one: string, other: string): number => Number(one.slice(1)) - Number(other.slice(1))
