import { CreateDBClusterCommand, DeleteDBClusterCommand, RDSClient } from '@aws-sdk/client-rds'
import { describe, expect, test } from 'vitest'
import { createAws } from '../../src/aws/index.ts'
import { account, accountSessionContract, credentials } from './contract.ts'

const url = process.env['SALLYPORT_TEST_MOTO_URL']

describe.runIf(url !== undefined)('over moto server (SALLYPORT_TEST_MOTO_URL) an account session', () => {
  accountSessionContract(() => url ?? '')
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
