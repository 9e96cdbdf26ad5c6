import { expect, test } from 'vitest'
import { createDbUserSql } from '../../src/policy/index.ts'

test.each([
  ['aurora-postgresql', 'jane_doe', 'CREATE USER jane_doe; GRANT rds_iam TO jane_doe;'],
  ['postgres', 'Jane"x', 'CREATE USER "Jane""x"; GRANT rds_iam TO "Jane""x";'],
  ['aurora-mysql', 'jane_doe', "CREATE USER 'jane_doe'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';"],
  ['mariadb', "o'neil", "CREATE USER 'o''neil'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';"],
])('in %s the user %s is made by: %s', (engine, dbUser, sql) => {
  expect(createDbUserSql(engine, dbUser)).toBe(sql)
})
