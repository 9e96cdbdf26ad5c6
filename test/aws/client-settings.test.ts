import { IAMClient } from '@aws-sdk/client-iam'
import { RDSClient } from '@aws-sdk/client-rds'
import { STSClient } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { clientSettings } from '../../src/aws/client-settings.ts'

interface Endpoint {
  readonly url: URL
  readonly properties?: Readonly<Record<string, unknown>>
}

/** Where a client sends its calls, and for which region it signs them, as the SDK works it out without a network. */
async function callsOf(client: IAMClient | STSClient | RDSClient) {
  const region = await client.config.region()
  const { url, properties }: Endpoint = client.config.endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false })
  client.destroy()
  const [scheme] = Array.isArray(properties?.['authSchemes']) ? properties['authSchemes'] : []
  return { host: url.host, signedFor: String(scheme?.signingRegion ?? region) }
}

const clientsIn = (partition: string, region: string, own: string) => {
  const settings = clientSettings({ partition, regions: [region] }, { endpoint: null, region: own })
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return {
    iam: new IAMClient({ ...settings.iam, credentials }),
    sts: new STSClient({ ...settings.sts, credentials }),
    rds: new RDSClient({ ...settings.rds(region), credentials }),
  }
}

describe('the calls about an account go to its partition', () => {
  test.each([
    // partition, region, IAM and the region that signs for it, RDS
    ['aws', 'us-east-1', 'iam.amazonaws.com', 'us-east-1', 'rds.us-east-1.amazonaws.com'],
    ['aws', 'eu-central-1', 'iam.amazonaws.com', 'us-east-1', 'rds.eu-central-1.amazonaws.com'],
    ['aws', 'ap-east-1', 'iam.amazonaws.com', 'us-east-1', 'rds.ap-east-1.amazonaws.com'],
    ['aws-cn', 'cn-north-1', 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1', 'rds.cn-north-1.amazonaws.com.cn'],
    ['aws-cn', 'cn-northwest-1', 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1', 'rds.cn-northwest-1.amazonaws.com.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'iam.us-gov.amazonaws.com', 'us-gov-west-1', 'rds.us-gov-west-1.amazonaws.com'],
    ['aws-us-gov', 'us-gov-east-1', 'iam.us-gov.amazonaws.com', 'us-gov-west-1', 'rds.us-gov-east-1.amazonaws.com'],
  ])('%s in %s', async (partition, region, iamHost, signedFor, rdsHost) => {
    const { iam, rds, sts } = clientsIn(partition, region, region)
    expect(await callsOf(iam)).toEqual({ host: iamHost, signedFor })
    expect(await callsOf(rds)).toEqual({ host: rdsHost, signedFor: region })
    await callsOf(sts)
  })
})

describe('roles are assumed at a regional endpoint', () => {
  test.each([
    ['Sallyport’s own, where an account has a region that must be enabled', 'aws', 'ap-east-1', 'eu-west-1', 'sts.eu-west-1.amazonaws.com'],
    ['Sallyport’s own, and not the global one, in us-east-1 too', 'aws', 'us-east-2', 'us-east-1', 'sts.us-east-1.amazonaws.com'],
    ['the account’s, in another partition', 'aws-cn', 'cn-north-1', 'eu-west-1', 'sts.cn-north-1.amazonaws.com.cn'],
    ['the account’s, in GovCloud', 'aws-us-gov', 'us-gov-east-1', 'us-east-1', 'sts.us-gov-east-1.amazonaws.com'],
  ])('%s', async (_, partition, region, own, host) => {
    const { iam, rds, sts } = clientsIn(partition, region, own)
    expect(await callsOf(sts)).toEqual({ host, signedFor: host.split('.')[1] })
    for (const client of [iam, rds]) client.destroy()
  })
})
