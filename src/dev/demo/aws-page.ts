/**
 * Policy documents of AWS's page "Creating and using an IAM policy for IAM database access" (Amazon Aurora User Guide),
 * and how the page ends: several principals with one database user. Its first example shows an account of ten digits,
 * which is none; here it has the account of the others.
 */
const allowing = (resourceId: string, ...databaseUsers: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['rds-db:connect'],
      Resource: databaseUsers.map((user) => `arn:aws:rds-db:us-east-2:123456789012:dbuser:${resourceId}/${user}`),
    },
  ],
})

export const cluster = 'cluster-ABCDEFGHIJKL01234'
export const oneDatabaseUser = allowing(cluster, 'db_user')
export const twoDatabaseUsers = allowing(cluster, 'jane_doe', 'mary_roe')
export const sharedDatabaseUser = allowing(cluster, 'jane_doe')
export const oneUserEverywhere = allowing('*', 'jane_doe')
