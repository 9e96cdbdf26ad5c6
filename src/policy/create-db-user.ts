/**
 * The SQL that makes a database user who connects by IAM authentication
 * (docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html; MariaDB as MySQL:
 * …/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html).
 */
export function createDbUserSql(engine: string, dbUser: string): string {
  if (engine.includes('postgres')) {
    const name = /^[a-z_][a-z0-9_]*$/.test(dbUser) ? dbUser : `"${dbUser.replaceAll('"', '""')}"`
    return `CREATE USER ${name}; GRANT rds_iam TO ${name};`
  }
  // MySQL and MariaDB: an account is a user and where it comes from, here from anywhere.
  return `CREATE USER '${dbUser.replaceAll('\\', '\\\\').replaceAll("'", "''")}'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';`
}
