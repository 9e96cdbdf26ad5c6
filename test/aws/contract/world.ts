import { randomBytes } from 'node:crypto'
import {
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, test } from 'vitest'
import { type AccountSession, type Aws, type AwsAccount, createAws, type IamEntity } from '../../../src/aws/index.ts'

export const account: AwsAccount = { id: '123456789012', partition: 'aws', regions: ['us-east-2'], roleArn: null, externalId: null }
export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }

/** The promises, by name, that an emulator of AWS does not keep, each with what AWS does and the emulator does not. */
export type Deviations = Readonly<Record<string, string>>

/** A role, a user and a group of the suite's own, and the session that is being asked what it promises. */
export interface ContractWorld {
  readonly role: IamEntity
  readonly user: IamEntity
  readonly group: IamEntity
  /** Nobody else's names end with it. */
  readonly suffix: string
  readonly iam: IAMClient
  readonly aws: Aws
  readonly session: AccountSession
  /** A test; where it is among the deviations it must fail, so that a deviation that is no more is noticed. */
  readonly promises: (name: string, holds: () => Promise<void>) => void
}

/** Makes the entities at `endpoint()` by the SDK before the tests of the suite, and takes them away after. */
export function contractWorld(endpoint: () => string, deviations: Deviations): ContractWorld {
  const suffix = randomBytes(4).toString('hex')
  const role: IamEntity = { kind: 'role', name: `reader-${suffix}` }
  const user: IamEntity = { kind: 'user', name: `jane-${suffix}` }
  const group: IamEntity = { kind: 'group', name: `readers-${suffix}` }
  const opened: { iam?: IAMClient; aws?: Aws } = {}

  beforeAll(async () => {
    const iam = new IAMClient({ endpoint: endpoint(), region: 'us-east-2', credentials })
    Object.assign(opened, { iam, aws: createAws({ endpoint: endpoint(), region: 'us-east-2', credentials }) })
    await iam.send(new CreateRoleCommand({ RoleName: role.name, Path: '/team/', AssumeRolePolicyDocument: trustPolicy }))
    await iam.send(new CreateUserCommand({ UserName: user.name, Path: '/team/' }))
    await iam.send(new CreateGroupCommand({ GroupName: group.name, Path: '/team/' }))
  })
  afterAll(async () => {
    await world.iam.send(new DeleteRoleCommand({ RoleName: role.name }))
    await world.iam.send(new DeleteUserCommand({ UserName: user.name }))
    await world.iam.send(new DeleteGroupCommand({ GroupName: group.name }))
    world.iam.destroy()
    world.aws.close()
  })

  const world: ContractWorld = {
    role,
    user,
    group,
    suffix,
    get iam() {
      return given(opened.iam)
    },
    get aws() {
      return given(opened.aws)
    },
    get session() {
      return world.aws.session(account)
    },
    promises: (name, holds) => {
      const deviation = deviations[name]
      if (deviation === undefined) test(name, holds)
      else test.fails(`${name} — not here: ${deviation}`, holds)
    },
  }
  return world
}

function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the world is there by the time the first test runs')
  return value
}

export const allow = () => {}

/** In the spelling that AWS keeps as it is. */
export const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'sallyport-test' } },
    },
  ],
})

export const tiny = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'

/** What other people's policies may hold: white space, and characters that URL encodings disagree about. */
export const unusual = `{\r\n\t"Version": "2012-10-17",
  "Statement": [ { "Sid": "PlusAndPercent", "Effect": "Allow", "Action": ["s3:*"],
    "Resource": ["arn:aws:s3:::a+b%20c&d=e;f/*~(x)!'é<ÿ>"] } ] }  `

export const compact =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["rds-db:connect"],"Resource":["arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user"]}]}'

/** A policy of so many characters that are no white space. */
export function policyOfLength(characters: number): string {
  const policyOn = (bucket: string) => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"${bucket}"}]}`
  return policyOn(`arn:aws:s3:::${'x'.repeat(characters - policyOn('arn:aws:s3:::').length)}`)
}
