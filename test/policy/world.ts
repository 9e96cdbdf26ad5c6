import fc from 'fast-check'
import type { ConnectArn } from '../../src/policy/connect-arn.ts'

/** Written out here and not with printConnectPattern, so that the tests have a word of their own. */
export const arnText = (arn: ConnectArn): string =>
  `arn:${arn.partition}:rds-db:${arn.region}:${arn.account}:dbuser:${arn.resourceId}/${arn.dbUser}`

const cross = <A, B>(as: readonly A[], bs: readonly B[]): [A, B][] => as.flatMap((a) => bs.map((b): [A, B] => [a, b]))

const places = [
  { partition: 'aws', region: 'us-east-2', account: '123456789012' },
  { partition: 'aws-cn', region: 'cn-north-1', account: '210987654321' },
]
const resourceIds = ['cluster-ABCDEFGHIJKL01234', 'cluster-ABCDEFGHIJKL0123', 'prx-0a1b2c3d']
const dbUsers = ['db_user', 'jane_doe', 'Jane_doe', 'jan', 'jané', 'a.b{c}$', '[a-z]+ y']

/** A small world of database users, near enough to each other for every confusion to show. */
export const everyArn: readonly ConnectArn[] = cross(places, cross(resourceIds, dbUsers)).map(([place, [resourceId, dbUser]]) => ({
  ...place,
  resourceId,
  dbUser,
}))

export const someArns: fc.Arbitrary<ConnectArn[]> = fc.subarray([...everyArn], { maxLength: 12 })

/** ARNs of which some stand for every database or every database user of a place. */
export const someWideArns: fc.Arbitrary<ConnectArn[]> = fc.array(
  fc.tuple(fc.constantFrom(...everyArn), fc.constantFrom('one', 'one', 'one', 'any database', 'any user', 'any')).map(([arn, width]) => ({
    ...arn,
    ...(width === 'any' || width === 'any database' ? { resourceId: '*' } : {}),
    ...(width === 'any' || width === 'any user' ? { dbUser: '*' } : {}),
  })),
  { maxLength: 8 },
)
