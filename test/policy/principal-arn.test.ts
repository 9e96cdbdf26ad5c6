import { describe, expect, test } from 'vitest'
import { parsePrincipalArn } from '../../src/policy/index.ts'
import { refusal } from './refusal.ts'

const iam = 'arn:aws:iam::123456789012'

describe('the ARN of a principal', () => {
  test.each([
    [`${iam}:role/app-reader`, { kind: 'role', path: '/', name: 'app-reader' }],
    [`${iam}:user/jane`, { kind: 'user', path: '/', name: 'jane' }],
    [`${iam}:user/Jane.Doe+db@example.com`, { kind: 'user', path: '/', name: 'Jane.Doe+db@example.com' }],
    [`${iam}:role/team/orders/app-reader`, { kind: 'role', path: '/team/orders/', name: 'app-reader' }],
    [`${iam}:role/service-role/lambda-reader`, { kind: 'role', path: '/service-role/', name: 'lambda-reader' }],
    [`${iam}:role/AWSServiceRoleForMine`, { kind: 'role', path: '/', name: 'AWSServiceRoleForMine' }],
    [`${iam}:group/team/dba`, { kind: 'group', path: '/team/', name: 'dba' }],
    [`${iam}:group/${'g'.repeat(128)}`, { kind: 'group', path: '/', name: 'g'.repeat(128) }],
    [`${iam}:user/AWSReservedSSO_jane`, { kind: 'user', path: '/', name: 'AWSReservedSSO_jane' }],
  ])('%s is read into its parts', (text, parts) => {
    expect(parsePrincipalArn(text)).toEqual({ partition: 'aws', account: '123456789012', ...parts })
  })

  test('may be of any partition', () => {
    expect(parsePrincipalArn('arn:aws-us-gov:iam::123456789012:role/a').partition).toBe('aws-us-gov')
  })

  test.each([
    ['app-reader', 'an ARN begins with "arn:"'],
    ['AROAEXAMPLE1234567890', 'this is a unique id; name the principal by its ARN'],
    [`${iam}:role`, 'the name of the role is missing'],
    [`${iam}:role/`, 'the name of the role is missing'],
    [`${iam}:role/team/`, 'the name of the role is missing'],
    [`${iam}:role//app`, 'the path before "app" is not one that IAM has'],
    [`${iam}:role/app-*`, 'a wildcard names many; name one role'],
    [`${iam}:role/*/app`, 'a wildcard names many; name one role'],
    [`${iam}:user/jane doe`, '"jane doe" is not the name of a user'],
    [`${iam}:user/jané`, 'is not the name of a user'],
    [`${iam}:user/\${aws:username}`, 'is not the name of a user'],
    [`${iam}:role/té/app`, 'the path before "app" is not one that IAM has'],
    [`${iam}:role/${'a'.repeat(65)}`, 'the name of the role has 65 characters; IAM takes up to 64'],
    [`${iam}:group/${'a'.repeat(129)}`, 'the name of the group has 129 characters; IAM takes up to 128'],
    [`${iam}:Role/app`, '"Role" is no kind of principal'],
    [`${iam}:`, '"" is no kind of principal'],
    ['arn:aws:iam:us-east-2:123456789012:role/app', 'IAM has no regions; leave out "us-east-2"'],
    ['arn:aws:iam::1234567890:role/app', 'has 10 digits; an AWS account number has 12'],
    ['arn:aws:iam:::role/app', 'the account is missing'],
    ['arn:amazon:iam::123456789012:role/app', 'there is no partition "amazon"'],
    ['arn:aws:rds:us-east-2:123456789012:cluster:orders', 'the service is "rds"; a role, user or group has "iam"'],
  ])('%s is refused as no ARN of a principal', (text, why) => {
    const refused = refusal(() => parsePrincipalArn(text))
    expect(refused?.code).toBe('invalid_arn')
    expect(refused?.detail).toContain(why)
  })

  test.each([
    [`${iam}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_DBA_0123456789abcdef`, 'made this role for the permission set "DBA"'],
    [`${iam}:role/AWSReservedSSO_Data_Readers_0123456789abcdef`, 'made this role for the permission set "Data_Readers"'],
    [`${iam}:role/aws-reserved/sso.amazonaws.com/eu-west-1/other`, 'made this role for a permission set'],
    [`${iam}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`, 'ask for a role of your own'],
    [`${iam}:root`, 'ask for a role or a user'],
    [`${iam}:instance-profile/app`, 'only carries a role; ask for the role'],
    ['arn:aws:iam::aws:policy/AdministratorAccess', 'a policy connects to nothing'],
    [`${iam}:saml-provider/okta`, 'ask for the role that its people assume'],
    [`${iam}:oidc-provider/example.com`, 'ask for the role that is assumed through it'],
    [
      'arn:aws:sts::123456789012:assumed-role/app-reader/i-0abc',
      'ask for its role, arn:aws:iam::123456789012:role/app-reader, with its path',
    ],
    ['arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_DBA_0123456789abcdef/jane', 'made this role for the permission set "DBA"'],
    ['arn:aws:sts::123456789012:federated-user/jane', 'ask for the role or user that it was made from'],
    ['arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef', 'a permission set is in no account'],
  ])('%s is refused with what to ask for instead', (text, instead) => {
    const refused = refusal(() => parsePrincipalArn(text))
    expect(refused?.code).toBe('unsupported_principal')
    expect(refused?.detail).toContain(instead)
  })
})
