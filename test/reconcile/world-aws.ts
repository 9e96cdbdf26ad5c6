import { type Aws, type AwsAccount, createAws } from '../../src/aws/index.ts'

export const ACCOUNT = '123456789012'
export const account: AwsAccount = { id: ACCOUNT, partition: 'aws', regions: ['us-east-2'], roleArn: null, externalId: null }
export const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'secret' }

/** AWS as Sallyport has it, at a stand-in; a call that is not answered in time, here in milliseconds, is sent anew. */
export const openAws = (endpoint: string, requestTimeout = 2_000): Aws =>
  createAws({ endpoint, region: 'us-east-2', credentials, requestTimeout })
