import { type Aws, type AwsAccount, createAws } from '../../src/aws/index.ts'

export const ACCOUNT = '123456789012'
export const account: AwsAccount = { id: ACCOUNT, partition: 'aws', regions: ['us-east-2'], roleArn: null, externalId: null }
export const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'secret' }

/** AWS as Sallyport has it, at a stand-in. */
export const openAws = (endpoint: string): Aws => createAws({ endpoint, region: 'us-east-2', credentials, requestTimeout: 2_000 })
