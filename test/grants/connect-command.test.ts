import { execFileSync } from 'node:child_process'
import { describe, expect, it, test } from 'vitest'
import { type ConnectTo, connectInstructions } from '../../src/grants/connect-command.ts'
import { dbUserFault } from '../../src/policy/db-user.ts'

const grantOf = (dbUser: string, facts: Partial<ConnectTo['database']> = {}): ConnectTo => ({
  principalArn: 'arn:aws:iam::123456789012:role/app-reader',
  accessRole: null,
  sso: null,
  keptUntil: null,
  database: {
    region: 'us-east-2',
    kind: 'cluster',
    engine: 'aurora-postgresql',
    host: 'orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com',
    port: 5432,
    ...facts,
  },
  dbUser,
})

const commands = (grant: ConnectTo) => connectInstructions(grant).steps.map(({ command }) => command)

/** What a shell hands to each program of the commands: its name, then its arguments, with the password or token as TOKEN. */
function handedOver(grant: ConnectTo): string[][] {
  const stubs = ['aws', 'curl', 'psql', 'mysql'].map(
    (name) => `${name}() { { printf '%s\\0' ${name} "$@"; printf '\\n\\0'; } >&3; echo TOKEN; }`,
  )
  const script = ['exec 3>&1 1>/dev/null', ...stubs, ...commands(grant)].join('\n')
  const calls = execFileSync('bash', ['-c', script], { encoding: 'utf8' })
  return calls
    .split('\n\0')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1))
}

describe('the instructions', () => {
  it('for PostgreSQL make a token and connect with TLS verified', () => {
    expect(commands(grantOf('db_user'))).toEqual([
      'aws sts get-caller-identity',
      'curl -fsSO https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem',
      'TOKEN="$(aws rds generate-db-auth-token --hostname orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com --port 5432 --region us-east-2 --username=db_user)"',
      `PGPASSWORD="$TOKEN" psql 'host=orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com port=5432 dbname=postgres user=db_user sslmode=verify-full sslrootcert=global-bundle.pem'`,
    ])
  })

  it.each([
    ['aurora-mysql', '--ssl-mode=VERIFY_IDENTITY --enable-cleartext-plugin --ssl-ca=global-bundle.pem'],
    ['mysql', '--ssl-mode=VERIFY_IDENTITY --enable-cleartext-plugin --ssl-ca=global-bundle.pem'],
    ['mariadb', '--ssl-verify-server-cert --ssl-ca=global-bundle.pem'],
  ])('for %s connect with its own client', (engine, tls) => {
    const grant = grantOf('db_user', { engine, host: 'db.example', port: 3306 })
    expect(commands(grant).at(-1)).toBe(`mysql --host=db.example --port=3306 --user=db_user --password="$TOKEN" ${tls}`)
  })

  it('for a proxy go by the trust store of the system, whose certificate it shows', () => {
    const instructions = connectInstructions(grantOf('db_user', { kind: 'proxy' }))
    expect(instructions.tls).toEqual({ required: true, caBundle: null })
    expect(instructions.steps.map(({ command }) => command).join('\n')).not.toMatch(/curl|global-bundle/)
    expect(instructions.steps.at(-1)?.command).toContain('sslrootcert=system')
  })

  it.each([
    ['us-gov-west-1', 'https://truststore.pki.us-gov-west-1.rds.amazonaws.com/global/global-bundle.pem'],
    ['cn-north-1', 'https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/global/global-bundle.pem'],
    ['eu-central-1', 'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem'],
  ])('for %s fetch the certificates of its partition', (region, caBundle) => {
    expect(connectInstructions(grantOf('db_user', { region })).tls.caBundle).toBe(caBundle)
  })

  it('through an access role begin with assuming it, and go on with its credentials', () => {
    const accessRole = { arn: 'arn:aws:iam::123456789012:role/sallyport/abcdefghij/x', sessionName: 'developer', policyToPaste: null }
    const grant = { ...grantOf('db_user'), accessRole }
    const script = [
      `aws() { test "$1" = sts && printf 'AKIA\\tsecret\\ttoken\\n'; }`,
      commands(grant)[0],
      `bash -c 'echo "$AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_SESSION_TOKEN"'`,
    ].join('\n')
    for (const shell of ['bash', 'sh']) expect(execFileSync(shell, ['-c', script], { encoding: 'utf8' })).toBe('AKIA secret token\n')
    expect(handedOver(grant)[0]).toEqual([
      'aws',
      'sts',
      'assume-role',
      `--role-arn=${accessRole.arn}`,
      '--role-session-name=developer',
      '--duration-seconds=3600',
      '--query=Credentials.[AccessKeyId,SecretAccessKey,SessionToken]',
      '--output=text',
    ])
    expect(connectInstructions(grant).notes.join(' ')).not.toContain('assume.policy')
    expect(connectInstructions({ ...grant, accessRole: { ...accessRole, policyToPaste: '{}' } })).toMatchObject({
      assume: { role: accessRole.arn, policy: '{}' },
      notes: expect.arrayContaining([expect.stringContaining('assume.policy')]),
    })
  })

  it('say as whom, and what the end of the grant does not end', () => {
    expect(connectInstructions(grantOf('db_user')).notes.join(' ')).toMatch(/role\/app-reader.*15 minutes.*stays open/)
  })
})

const odd = [
  'db_user',
  '-h',
  '--help',
  'two words',
  'a;id',
  '$HOME',
  '$(id)',
  '&',
  '|',
  '#x',
  '~',
  '!x',
  'a=b',
  '(x)',
  '[a]',
  '{a,b}',
  '<x>',
  'jürgen',
]

test.each(odd)('a user such as %s reaches each program whole, whatever the shell makes of such characters', (dbUser) => {
  expect(dbUserFault(dbUser)).toBeNull()
  const [, , token, psql] = handedOver(grantOf(dbUser))
  expect(token?.slice(-1)).toEqual([`--username=${dbUser}`])
  expect(psql).toHaveLength(2)
  const user = /(?<= user=)(?:'(?<quoted>.*)'|(?<plain>\S*))(?= sslmode=)/.exec(psql?.[1] ?? '')?.groups
  expect(user?.['quoted'] ?? user?.['plain']).toBe(dbUser)
  const mysql = handedOver(grantOf(dbUser, { engine: 'mysql' })).at(-1)
  expect(mysql).toContain(`--user=${dbUser}`)
  expect(mysql).toContain('--password=TOKEN')
})
