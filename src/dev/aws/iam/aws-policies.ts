const allowAll = (Action: string) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })

/** A few of AWS's own managed policies, which every account can attach. ReadOnlyAccess is longer at AWS; none of it is rds-db. */
export const awsPolicies: ReadonlyMap<string, string> = new Map([
  ['AdministratorAccess', allowAll('*')],
  ['IAMFullAccess', allowAll('iam:*')],
  [
    'PowerUserAccess',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
    }),
  ],
  [
    'ReadOnlyAccess',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['rds:Describe*', 'iam:Get*', 'iam:List*'], Resource: '*' }],
    }),
  ],
])

/** The name of an AWS managed policy in an ARN `arn:<partition>:iam::aws:policy/<name>`, if there is one of it here. */
export function awsPolicyNamed(arn: string): string | null {
  const [, name = ''] = /^arn:[\w-]+:iam::aws:policy\/(?:[\w-]+\/)?([\w-]+)$/.exec(arn) ?? []
  return awsPolicies.has(name) ? name : null
}
