import { CreateDBClusterCommand, DeleteDBClusterCommand, RDSClient } from '@aws-sdk/client-rds'
import { describe, expect, test } from 'vitest'
import { createAws } from '../../src/aws/index.ts'
import { accountSessionContract } from './contract/account-session.ts'
import { account, credentials, type Deviations } from './contract/world.ts'

const url = process.env['SALLYPORT_TEST_MOTO_URL']

const noQuotas = 'moto 5.2 enforces no quota but that of versions (docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)'

/** Where moto 5.2 differs from AWS. */
const deviations: Deviations = {
  'unique ids of users and groups begin with AIDA and AGPA':
    'moto makes ids without the prefix of their kind (reference_identifiers.html#identifiers-unique-ids)',
  'the inline policies of a role have 10240 characters in aggregate, and not one more': noQuotas,
  'the inline policies of a user have 2048 characters in aggregate, and not one more': noQuotas,
  'the inline policies of a group have 5120 characters in aggregate, and not one more': noQuotas,
  'a document has 6,144 characters, and not one more': noQuotas,
  'ten managed policies can be attached to a role, and not one more': noQuotas,
  'ten managed policies can be attached to a user, and not one more': noQuotas,
  'ten managed policies can be attached to a group, and not one more': noQuotas,
  'percent signs in a document of a managed policy are kept':
    'moto answers the document as it is, where IAM encodes it by RFC 3986 (API_PolicyVersion.html)',
  'a policy that has other versions cannot be deleted': 'moto deletes it with them (API_DeletePolicy.html: DeleteConflict)',
  'a policy that is attached to a role cannot be deleted': 'moto deletes it, and leaves it attached (API_DeletePolicy.html)',
  'a policy that is attached to a user cannot be deleted': 'moto deletes it, and leaves it attached (API_DeletePolicy.html)',
  'a policy that is attached to a group cannot be deleted': 'moto deletes it, and leaves it attached (API_DeletePolicy.html)',
  'of AWS’s own policies those are told that are in use, and no others':
    'moto has AWS’s policies only if it is started so, and then tells all of them',
}

describe.runIf(url !== undefined)('an account session over moto server (SALLYPORT_TEST_MOTO_URL)', () => {
  accountSessionContract(() => url ?? '', deviations)
})

test.runIf(url !== undefined)('over moto server databases are found, though it has no list of cluster endpoints', async () => {
  const options = { endpoint: url ?? '', region: 'us-east-2', credentials }
  const rds = new RDSClient(options)
  const aws = createAws(options)
  const DBClusterIdentifier = 'sallyport-moto'
  await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier,
      Engine: 'aurora-postgresql',
      MasterUsername: 'owner',
      MasterUserPassword: 'not-a-secret',
    }),
  )
  try {
    const { databases, unread } = await aws.findDatabases(account, 'us-east-2', async () => {})
    expect(databases).toContainEqual(
      expect.objectContaining({
        kind: 'cluster',
        identifier: DBClusterIdentifier,
        resourceId: expect.stringMatching(/^cluster-[A-Z0-9]+$/),
      }),
    )
    expect(unread).toMatchObject([{ list: 'cluster endpoints', error: { reason: 'unavailable' } }])
  } finally {
    await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }))
    aws.close()
    rds.destroy()
  }
})
