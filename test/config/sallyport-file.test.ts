import { describe, expect, it } from 'vitest'
import { ConfigError, loadSallyportFile, readContent, readYaml, sallyportFileJsonSchema } from '../../src/config/index.ts'

const whole = `
accounts:
  - id: "123456789012"
    name: demo
    regions: [us-east-2]
databases:
  - arn: arn:aws:rds:us-east-2:123456789012:cluster:orders
    resourceId: cluster-ABCDEFGHIJKL01234
    engine: aurora-postgresql
    host: orders.cluster-abc.us-east-2.rds.amazonaws.com
    tags: { environment: production }
people:
  - id: developer
    groups: [developers]
  - id: dba
    username: DBA.One
    name: The DBA
    groups: [dba]
admins: { groups: [dba] }
rules:
  - name: developers-read-pages
    who: { groups: [developers] }
    databases: { tags: { environment: production } }
    dbUsers: [db_user, "jane_*"]
    principals: ["arn:aws:iam::*:user/\${person.username}"]
    approvals: [{ from: { groups: [dba] } }]
    duration: { default: PT1H, longest: PT8H }
  - name: never-as-root
    effect: deny
    dbUsers: [root]
`.trimStart()

/** The file with one text replaced, which must be in it. */
const but = (text: string, by: string): string => {
  expect(whole).toContain(text)
  return whole.replace(text, by)
}

const problems = (text: string): readonly string[] => {
  try {
    readYaml(text, 'sallyport.yaml')
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('a sallyport.yaml that is right', () => {
  const { file, content } = readYaml(whole, 'sallyport.yaml')

  it('has its defaults filled in and its durations in seconds', () => {
    expect(file.accounts[0]).toEqual({
      id: '123456789012',
      name: 'demo',
      partition: 'aws',
      regions: ['us-east-2'],
      roleArn: null,
      externalId: null,
      boundary: null,
      sync: true,
    })
    expect(file.people).toEqual([
      { id: 'developer', username: 'developer', displayName: 'developer', groups: ['developers'], identities: [] },
      { id: 'dba', username: 'DBA.One', displayName: 'The DBA', groups: ['dba'], identities: [] },
    ])
    expect(file.auditors).toEqual({ groups: [], people: [] })
    expect(file.rules[0]).toMatchObject({
      effect: 'allow',
      approvals: [{ from: { groups: ['dba'], people: [] }, count: 1 }],
      duration: { default: 3600, longest: 28_800 },
      waits: 86_400,
      notifyBefore: 900,
      paths: ['direct'],
    })
  })

  it('has the facts of a database that its ARN tells', () => {
    expect(file.databases[0]).toEqual({
      arn: 'arn:aws:rds:us-east-2:123456789012:cluster:orders',
      partition: 'aws',
      region: 'us-east-2',
      accountId: '123456789012',
      kind: 'cluster',
      identifier: 'orders',
      resourceId: 'cluster-ABCDEFGHIJKL01234',
      engine: 'aurora-postgresql',
      host: 'orders.cluster-abc.us-east-2.rds.amazonaws.com',
      port: 5432,
      iamAuth: true,
      tags: { environment: 'production' },
    })
  })

  it('means the same when it is read back from what was stored of it', () => {
    expect(readContent(JSON.parse(JSON.stringify(content)))).toEqual(file)
  })

  it('is frozen all the way down', () => {
    expect(Object.isFrozen(file.people[0]?.groups)).toBe(true)
    expect(Object.isFrozen(content)).toBe(true)
  })

  it('takes `auto` for approvals as none needed', () => {
    const { rules } = readYaml(but('[{ from: { groups: [dba] } }]', 'auto'), 'sallyport.yaml').file
    expect(rules[0]).toMatchObject({ approvals: [] })
  })
})

describe('a sallyport.yaml that is wrong', () => {
  it('is refused with the line and column of a key that does not exist, and the one that was meant', () => {
    expect(problems(`${whole}    dbUser: [x]\n`)).toEqual(['sallyport.yaml:30:5 rules[1].dbUser: unknown key; did you mean dbUsers?'])
  })

  it('has every problem told at once', () => {
    const text = but('PT1H', '1h')
      .replace('regions: [us-east-2]', 'regions: []')
      .replace('id: developer', 'id: 7')
      .replace('    name: demo\n', '')
    expect(problems(text)).toEqual([
      'sallyport.yaml:2:5 accounts[0].name: is missing',
      'sallyport.yaml:3:5 accounts[0].regions: must not be empty; name the regions of the account',
      'sallyport.yaml:11:5 people[0].id: must be text; write it in quotes',
      expect.stringMatching(/^sallyport\.yaml:25:17 rules\[0\]\.duration\.default: must be an ISO 8601 duration/),
    ])
  })

  const cases: readonly (readonly [what: string, from: string, to: string, problem: string])[] = [
    [
      'an account id that YAML takes for a number',
      'id: "123456789012"',
      'id: 123456789012',
      '2:5 accounts[0].id: must be text; write it in quotes',
    ],
    ['an account id of ten digits', 'id: "123456789012"', 'id: "1234567890"', '2:5 accounts[0].id: must be an AWS account id of 12 digits'],
    [
      'a role of another account',
      '    name: demo',
      '    name: demo\n    role: arn:aws:iam::999999999999:role/x',
      '4:5 accounts[0].role: must be a role of account 123456789012 in partition aws',
    ],
    [
      'a boundary of another account',
      '    name: demo',
      '    name: demo\n    boundary: arn:aws:iam::999999999999:policy/x',
      '4:5 accounts[0].boundary: must be a policy of account 123456789012 in partition aws',
    ],
    [
      'a role of another partition',
      '    name: demo',
      '    name: demo\n    role: arn:aws-cn:iam::123456789012:role/x',
      '4:5 accounts[0].role: must be a role of account 123456789012 in partition aws',
    ],
    [
      'a region of another partition',
      'regions: [us-east-2]',
      'regions: [us-east-2, cn-north-1]',
      '4:26 accounts[0].regions[1]: cn-north-1 is in partition aws-cn, and the account in aws',
    ],
    [
      'a region that its partition does not have',
      'regions: [us-east-2]',
      'regions: [us-east-2]\n    partition: aws-us-gov',
      '4:15 accounts[0].regions[0]: us-east-2 is in partition aws, and the account in aws-us-gov',
    ],
    [
      'a region that there is nowhere',
      'regions: [us-east-2]',
      'regions: [us-east-2, us-gov-east]',
      '4:26 accounts[0].regions[1]: must be a region such as us-east-1',
    ],
    [
      'a region that is misspelt',
      'regions: [us-east-2]',
      'regions: [us-east-2, su-east-2]',
      '4:26 accounts[0].regions[1]: there is no region su-east-2 in partition aws',
    ],
    [
      'an external id without a role',
      '    name: demo',
      '    name: demo\n    externalId: abc',
      '4:5 accounts[0].externalId: means nothing without a role',
    ],
    ...[
      ['in an account that is not listed', 'iam::999999999999:user/admin', 'account 999999999999 is not listed under accounts'],
      [
        'that Identity Center made',
        'iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admins_0123456789abcdef',
        'belongs to IAM Identity Center, and only its permission set can be changed: limit that, or use a service control policy',
      ],
      [
        'of an AWS service',
        'iam::123456789012:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
        'belongs to an AWS service, which nobody can deny anything',
      ],
      [
        'that Sallyport made',
        'iam::123456789012:role/sallyport/abcdefghij/sallyport-abcdefghij-VIAAROAEXAMPLE',
        'is made by Sallyport, and has nothing but what is granted',
      ],
      ['that is a session', 'sts::123456789012:assumed-role/admin/x', 'must be the ARN of an IAM user, group or role'],
    ].map(([what = '', end = '', problem = '']): [string, string, string, string] => [
      `a guarded principal ${what}`,
      'people:',
      `principals:\n  - { arn: "arn:aws:${end}", guard: true }\npeople:`,
      `12:7 principals[0].arn: ${problem}`,
    ]),
    [
      'a guarded principal of another partition',
      'people:',
      'principals: [{ arn: "arn:aws-cn:iam::123456789012:user/admin", guard: true }]\npeople:',
      '11:16 principals[0].arn: account 123456789012 is in partition aws, not aws-cn',
    ],
    [
      'a principal of which nothing is said',
      'people:',
      'principals: [{ arn: "arn:aws:iam::123456789012:user/admin" }]\npeople:',
      '11:14 principals[0].guard: is missing',
    ],
    [
      'a principal that is to have no guard',
      'people:',
      'principals: [{ arn: "arn:aws:iam::123456789012:user/admin", guard: false }]\npeople:',
      '11:61 principals[0].guard: must be true; a principal that is to have no guard is left out',
    ],
    [
      'a principal that is guarded twice',
      'people:',
      'principals:\n  - { arn: "arn:aws:iam::123456789012:user/admin", guard: true }\n  - { arn: "arn:aws:iam::123456789012:user/admin", guard: true }\npeople:',
      '13:7 principals[1].arn: arn:aws:iam::123456789012:user/admin is already the arn of principals[0]',
    ],
    [
      'a database of an account that is not listed',
      'us-east-2:123456789012:cluster',
      'us-east-2:999999999999:cluster',
      '6:5 databases[0].arn: account 999999999999 is not listed under accounts',
    ],
    [
      'a database in a region that its account does not have',
      'rds:us-east-2:',
      'rds:us-east-1:',
      '6:5 databases[0].arn: region us-east-1 is not listed under the regions of account 123456789012',
    ],
    [
      'a database of another partition',
      'arn:aws:rds:',
      'arn:aws-cn:rds:',
      '6:5 databases[0].arn: account 123456789012 is in partition aws, not aws-cn',
    ],
    [
      'a resource id of another kind',
      'resourceId: cluster-',
      'resourceId: db-',
      '7:5 databases[0].resourceId: must begin with cluster-, because the ARN is that of a cluster',
    ],
    [
      'a tag value that YAML takes for a truth value',
      'tags: { environment: production }\npeople',
      'tags: { environment: true }\npeople',
      '10:13 databases[0].tags.environment: must be text',
    ],
    ['one id for two people', 'id: dba', 'id: developer', '14:5 people[1].id: developer is already the id of people[0]'],
    [
      'one user name for two people',
      'username: DBA.One',
      'username: developer',
      '15:5 people[1].username: developer is already the username of people[0]',
    ],
    [
      'a user name with a wildcard',
      'username: DBA.One',
      'username: "*"',
      '15:5 people[1].username: must be up to 64 letters, digits and + = , . @ - _',
    ],
    [
      'a user name with a slash',
      'username: DBA.One',
      'username: a/b',
      '15:5 people[1].username: must be up to 64 letters, digits and + = , . @ - _',
    ],
    [
      'admins of a group that nobody is in',
      'admins: { groups: [dba] }',
      'admins: { groups: [dbas] }',
      '18:20 admins.groups[0]: nobody is in group dbas; did you mean dba?',
    ],
    [
      'askers of a group that nobody is in',
      'who: { groups: [developers] }',
      'who: { groups: [devs] }',
      '21:21 rules[0].who.groups[0]: nobody is in group devs; known are developers, dba',
    ],
    ['a rule for nobody', 'who: { groups: [developers] }', 'who: {}', '21:5 rules[0].who: names nobody; give groups or people'],
    [
      'an empty list that could mean all or none',
      '{ tags: { environment: production } }\n    dbUsers',
      '{ accounts: [] }\n    dbUsers',
      '22:18 rules[0].databases.accounts: must not be empty; leave it out to match every account',
    ],
    [
      'a rule for an account that is not listed',
      '{ tags: { environment: production } }\n    dbUsers',
      '{ accounts: ["123456789013"] }\n    dbUsers',
      '22:29 rules[0].databases.accounts[0]: account 123456789013 is not listed under accounts; did you mean 123456789012?',
    ],
    [
      'a rule for a region of no account',
      '{ tags: { environment: production } }\n    dbUsers',
      '{ regions: [us-east-1] }\n    dbUsers',
      '22:28 rules[0].databases.regions[0]: us-east-1 is a region of no account; did you mean us-east-2?',
    ],
    [
      'a variable that does not exist',
      '${person.username}',
      '${person.name}',
      '24:18 rules[0].principals[0]: unknown variable ${person.name}; known are ${person.username}, ${person.id}',
    ],
    [
      'a variable in a database user',
      '"jane_*"',
      '"${person.id}"',
      '23:24 rules[0].dbUsers[1]: must not hold a variable; only principals may name the person',
    ],
    [
      'a principal that is no ARN',
      'arn:aws:iam::*:user/${person.username}',
      'app-*',
      '24:18 rules[0].principals[0]: must be a pattern of ARNs of IAM roles or users, such as arn:aws:iam::123456789012:role/app-*',
    ],
    [
      'more approvals than there are approvers',
      '{ groups: [dba] } }]',
      '{ groups: [dba] }, count: 2 }]',
      '25:44 rules[0].approvals[0].count: 2 must approve, but only 1 can',
    ],
    [
      'an escalation that comes when the request has expired',
      '{ groups: [dba] } }]',
      '{ groups: [dba] }, escalate: { after: PT24H, to: { groups: [dba] } } }]',
      '25:56 rules[0].approvals[0].escalate.after: must be less than waits, which is PT24H: by then the request has expired',
    ],
    [
      'an escalation to a group that nobody is in',
      '{ groups: [dba] } }]',
      '{ groups: [dba] }, escalate: { after: PT1H, to: { groups: [heads] } } }]',
      '25:84 rules[0].approvals[0].escalate.to.groups[0]: nobody is in group heads',
    ],
    [
      'an escalation to nobody',
      '{ groups: [dba] } }]',
      '{ groups: [dba] }, escalate: { after: PT1H, to: {} } }]',
      '25:69 rules[0].approvals[0].escalate.to: names nobody; give groups or people',
    ],
    [
      'an escalation that says not to whom',
      '{ groups: [dba] } }]',
      '{ groups: [dba] }, escalate: { after: PT1H } }]',
      '25:44 rules[0].approvals[0].escalate.to: is missing',
    ],
    [
      'a default duration beyond the longest',
      'default: PT1H',
      'default: P1D',
      '26:17 rules[0].duration.default: must not be more than longest',
    ],
    [
      'emergency access for a group that nobody is in',
      'approvals:',
      'emergency: { who: { groups: [on-call] }, longest: PT1H, review: { groups: [dba] } }\n    approvals:',
      '25:34 rules[0].emergency.who.groups[0]: nobody is in group on-call',
    ],
    [
      'emergency access that nobody reviews',
      'approvals:',
      'emergency: { who: { groups: [dba] }, longest: PT1H, review: {} }\n    approvals:',
      '25:57 rules[0].emergency.review: names nobody; give groups or people',
    ],
    [
      'standing access that is reviewed by nobody of the directory',
      'approvals:',
      'standing: { reviewEvery: P90D, remindBefore: P14D, reviewers: { people: [head] } }\n    approvals:',
      '25:78 rules[0].standing.reviewers.people[0]: head is not listed under people',
    ],
    [
      'reviews that would be opened before the one before was signed',
      'approvals:',
      'standing: { reviewEvery: P7D, remindBefore: P7D, reviewers: { groups: [dba] } }\n    approvals:',
      '25:35 rules[0].standing.remindBefore: must be less than reviewEvery',
    ],
    [
      'a rule set that nobody could confirm',
      'admins: { groups: [dba] }',
      'activation: { confirmedBy: {} }\nadmins: { groups: [dba] }',
      '18:15 activation.confirmedBy: names nobody; give groups or people',
    ],
    [
      'approvals that are neither auto nor stages',
      '[{ from: { groups: [dba] } }]',
      'manual',
      '25:5 rules[0].approvals: must be auto, or a list of stages such as { from: { groups: [dba] }, count: 1 }',
    ],
    ['an approval without a source', '[{ from: { groups: [dba] } }]', '[{ count: 1 }]', '25:17 rules[0].approvals[0].from: is missing'],
    [
      'two rules of one name',
      'name: never-as-root',
      'name: developers-read-pages',
      '27:5 rules[1].name: developers-read-pages is already the name of rules[0]',
    ],
    [
      'a notice that could come after the end',
      'approvals:',
      'notifyBefore: PT1M\n    approvals:',
      '25:5 rules[0].notifyBefore: must be PT2M at least: the worker looks once a minute for what ends soon',
    ],
    ['an effect that does not exist', 'effect: deny', 'effect: forbid', '28:5 rules[1].effect: must be allow or deny'],
    ['a key given twice', '    effect: deny', '    effect: deny\n    effect: deny', '29:5 Map keys must be unique'],
    ['a section that does not exist', 'rules:', 'rulez:', '19:1 rulez: unknown key; did you mean rules?'],
  ]
  it.each(cases)('refuses %s', (_, from, to, problem) => {
    const [first = ''] = problems(but(from, to))
    expect(first.slice('sallyport.yaml:'.length)).toContain(problem)
  })

  const users = (entry: string) => problems(`${whole}databaseUsers:\n  - ${entry}\n`)
  it.each([
    ['without names', '{ databases: {} }', '31:5 databaseUsers[0].names: is missing'],
    ['with no name', '{ databases: {}, names: [] }', '31:22 databaseUsers[0].names: must not be empty; name the database users'],
    ['without databases', '{ names: [app] }', '31:5 databaseUsers[0].databases: is missing'],
    [
      'with a pattern',
      '{ databases: {}, names: [app, "app_*"] }',
      '31:35 databaseUsers[0].names[1]: must be the name of one database user',
    ],
    ['with a name that no policy can hold', '{ databases: {}, names: [a/b] }', '31:30 databaseUsers[0].names[0]: must be the name of one'],
    ['with a number for a name', '{ databases: {}, names: [7] }', '31:30 databaseUsers[0].names[0]: must be text; write it in quotes'],
    ['with an unknown wish', '{ databases: {}, names: [app], others: ask }', '31:36 databaseUsers[0].others: must be refuse or warn'],
    [
      'with a key that is misspelt',
      '{ database: {}, databases: {}, names: [app] }',
      '31:7 databaseUsers[0].database: unknown key; did you mean databases?',
    ],
    [
      'for an account that is not listed',
      '{ databases: { accounts: ["999999999999"] }, names: [app] }',
      '31:31 databaseUsers[0].databases.accounts[0]: account 999999999999 is not listed under accounts',
    ],
    [
      'for a region of no account',
      '{ databases: { regions: [us-east-1] }, names: [app] }',
      '31:30 databaseUsers[0].databases.regions[0]: us-east-1 is a region of no account; did you mean us-east-2?',
    ],
    [
      'for an unknown part of databases',
      '{ databases: { tag: {} }, names: [app] }',
      '31:20 databaseUsers[0].databases.tag: unknown key; did you mean tags?',
    ],
  ])('refuses database users %s, with line and key', (_, entry, problem) => {
    const [first = '', ...more] = users(entry)
    expect(first).toContain(`sallyport.yaml:${problem}`)
    expect(more).toEqual([])
  })

  it('is refused when it is not YAML, or not a set of keys', () => {
    expect(problems('accounts: [')[0]).toMatch(/^sallyport\.yaml:1:\d+ /)
    expect(problems('- a')).toEqual(['sallyport.yaml:1:1 (top): must be a set of keys'])
  })

  it('is refused when its aliases multiply without end', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((key, i) => `${key}: &${key} [${`*${'abcdefg'[i]}, `.repeat(10)}]`),
    ].join('\n')
    expect(problems(bomb)[0]).toMatch(/alias/)
  })

  it('is refused when it is not there', async () => {
    await expect(loadSallyportFile('/nowhere/sallyport.yaml')).rejects.toThrow('/nowhere/sallyport.yaml: there is no such file')
  })
})

describe('an empty sallyport.yaml', () => {
  it('lets nobody ask for anything', () => {
    expect(readYaml('', 'sallyport.yaml').file).toMatchObject({ people: [], rules: [] })
  })
})

describe('the JSON Schema for editors', () => {
  it('describes every section and refuses unknown keys', () => {
    expect(sallyportFileJsonSchema()).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: { rules: { type: 'array' }, people: { type: 'array' } },
    })
  })
})

describe('identityCenter', () => {
  const instance = 'arn:aws:sso:::instance/ssoins-0123456789abcdef'
  const within = (center: string) => but('databases:\n', `identityCenter: ${center}\ndatabases:\n`)
  const right = `{ instance: "${instance}", region: eu-west-1, account: "123456789012" }`

  it('says where permission sets are administered; without it there are none', () => {
    expect(readYaml(within(right), 'sallyport.yaml').file.identityCenter).toEqual({
      instanceArn: instance,
      region: 'eu-west-1',
      accountId: '123456789012',
    })
    expect(readYaml(whole, 'sallyport.yaml').file.identityCenter).toBeNull()
  })

  it.each([
    [right.replace('123456789012', '123456789013'), 'account 123456789013 is not listed under accounts', 'account'],
    [right.replace('arn:aws:', 'arn:aws-cn:'), 'account 123456789012 is in partition aws, the instance is not', 'instance'],
    [right.replace('ssoins-0123456789abcdef', 'mine'), 'must be the ARN of an instance of IAM Identity Center', 'instance'],
    [right.replace('eu-west-1', 'Dublin'), 'must be a region such as us-east-1', 'region'],
    [right.replace('region:', 'home:'), 'unknown key', 'home'],
  ])('that cannot be is told with file, line and key: %s', (center, message, key) => {
    expect(problems(within(center))).toContainEqual(
      expect.stringMatching(new RegExp(`^sallyport\\.yaml:5:\\d+ identityCenter\\.${key}: ${message}`)),
    )
  })

  it('is needed by a rule that names permission sets', () => {
    const rule = but('"arn:aws:iam::*:user/${person.username}"', '"arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/*"')
    expect(problems(rule)).toEqual([
      expect.stringContaining('rules[0].principals[0]: permission sets can be named only with identityCenter'),
    ])
    expect(problems(rule.replace('databases:\n', `identityCenter: ${right}\ndatabases:\n`))).toEqual([])
  })
})
