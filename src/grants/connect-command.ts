import { ACCESS_SESSION } from '../policy/index.ts'
import type { GrantDetails } from './grant-view.ts'

/** What a person pastes to connect, step by step, and the facts that other clients need. */
export interface ConnectInstructions {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly region: string
  readonly tls: { readonly required: true; readonly caBundle: string | null }
  /** The role to assume first, and what the principal's own account must let it do; null: it connects as itself. */
  readonly assume: { readonly role: string; readonly policy: string | null } | null
  /** Where the person signs in through Identity Center; null: the principal is no permission set. */
  readonly sso: { readonly account: string; readonly permissionSet: string } | null
  readonly steps: readonly { readonly title: string; readonly command: string }[]
  readonly notes: readonly string[]
}

/** What to connect to, and as whom: the grant's own, or what was chosen out of what a wildcard covers. */
export interface ConnectTo {
  readonly database: Pick<NonNullable<GrantDetails['database']>, 'kind' | 'engine' | 'host' | 'port' | 'region'>
  readonly dbUser: string
  readonly principalArn: string
  readonly accessRole: {
    readonly arn: string
    /** Under which name the session is seen in the database's account: who uses it. */
    readonly sessionName: string
    /** What somebody else must write to the principal so that it may assume the role; null: nothing is missing. */
    readonly policyToPaste: string | null
  } | null
  readonly sso: ConnectInstructions['sso']
  /** When standing access ends unless it is kept; null: it has an end of its own. */
  readonly keptUntil: Date | null
}

/**
 * The commands that connect with a grant: the CA bundle, a token (valid for 15 minutes), and the engine's own
 * client with TLS verified. Commands are for a POSIX shell.
 * Source: docs.aws.amazon.com, "Connecting to your DB cluster using IAM authentication" and "Using SSL/TLS".
 */
export function connectInstructions(to: ConnectTo): ConnectInstructions {
  const { host, port, region, engine, kind } = to.database
  const postgres = engine.includes('postgres')
  // A proxy shows a certificate of ACM's, which the system's own trust store knows.
  const caBundle = kind === 'proxy' ? null : caBundleUrl(region)
  // `=`, so that a user such as `-x` is not taken for another option.
  const token = `aws rds generate-db-auth-token --hostname ${quote(host)} --port ${port} --region ${region} --username=${quote(to.dbUser)}`
  const client = postgres ? psql(to, caBundle) : mysql(to, caBundle)
  return {
    host,
    port,
    user: to.dbUser,
    region,
    tls: { required: true, caBundle },
    assume: to.accessRole === null ? null : { role: to.accessRole.arn, policy: to.accessRole.policyToPaste },
    sso: to.sso,
    steps: [
      ...(to.sso === null ? [] : signIn(to.sso)),
      ...(to.accessRole === null
        ? [{ title: 'Check that you are the principal of this grant', command: 'aws sts get-caller-identity' }]
        : [{ title: `As ${to.principalArn}, assume the access role, for an hour at most`, command: assumeRole(to.accessRole) }]),
      ...(caBundle === null ? [] : [{ title: 'Fetch the certificates of RDS, once', command: `curl -fsSO ${caBundle}` }]),
      { title: 'Make a token', command: `TOKEN="$(${token})"` },
      { title: 'Connect', command: client },
    ],
    notes: [
      to.sso === null
        ? `Use AWS credentials of ${to.principalArn}.`
        : `Choose account ${to.sso.account} and permission set ${to.sso.permissionSet} when the profile is made; a profile of them that you have already will do.`,
      ...(to.accessRole === null
        ? []
        : [
            `Start in a shell of its own: from the first step on it is ${to.accessRole.arn}, and after an hour that step is to be repeated in a new one.`,
          ]),
      ...(to.accessRole === null || to.accessRole.policyToPaste === null
        ? []
        : [`Sallyport does not write policies of this principal: somebody who may must give it \`assume.policy\`, once.`]),
      ...(to.keptUntil === null
        ? []
        : [`It has no end of its own: it is yours until ${to.keptUntil.toISOString()}, and longer if a reviewer keeps it.`]),
      'A token can be used for 15 minutes; a session that is open stays open when the grant ends.',
    ],
  }
}

/** A profile of the AWS CLI for one account and permission set (docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html). */
function signIn({ account, permissionSet }: NonNullable<ConnectInstructions['sso']>): ConnectInstructions['steps'] {
  const profile = quote(`${permissionSet}-${account}`)
  return [
    { title: 'Make a profile of the permission set in this account, once', command: `aws configure sso --profile=${profile}` },
    { title: 'Sign in to Identity Center', command: `export AWS_PROFILE=${profile} && aws sso login` },
  ]
}

/** `read` and not a pipe, which would run in a shell of its own; a here-document, because a POSIX shell has no here-strings. */
function assumeRole({ arn, sessionName }: NonNullable<ConnectTo['accessRole']>): string {
  const fields = "--query='Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output=text"
  const names = 'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN'
  return [
    `read -r ${names} <<CREDENTIALS`,
    `$(aws sts assume-role --role-arn=${quote(arn)} --role-session-name=${quote(sessionName)} --duration-seconds=${ACCESS_SESSION} ${fields})`,
    'CREDENTIALS',
    `export ${names}`,
  ].join('\n')
}

function psql(to: ConnectTo, caBundle: string | null): string {
  const roots = caBundle === null ? 'system' : 'global-bundle.pem'
  const { host, port } = to.database
  const settings = `host=${host} port=${port} dbname=postgres user=${conninfo(to.dbUser)} sslmode=verify-full sslrootcert=${roots}`
  return `PGPASSWORD="$TOKEN" psql ${quote(settings)}`
}

function mysql(to: ConnectTo, caBundle: string | null): string {
  const { host, port, engine } = to.database
  const tls = engine === 'mariadb' ? '--ssl-verify-server-cert' : '--ssl-mode=VERIFY_IDENTITY --enable-cleartext-plugin'
  const roots = caBundle === null ? '' : ' --ssl-ca=global-bundle.pem'
  return `mysql --host=${quote(host)} --port=${port} --user=${quote(to.dbUser)} --password="$TOKEN" ${tls}${roots}`
}

/** Each partition keeps its own copy of the certificates. */
function caBundleUrl(region: string): string {
  if (region.startsWith('us-gov-')) return `https://truststore.pki.${region}.rds.amazonaws.com/global/global-bundle.pem`
  if (region.startsWith('cn-')) return 'https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/global/global-bundle.pem'
  return 'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem'
}

/** Plain words stand as they are; anything else in single quotes for the shell. */
const quote = (text: string): string => (/^[\w.@%+=:,/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/** libpq's own quoting (postgresql.org/docs/current/libpq-connect.html, 32.1.1.1). */
const conninfo = (text: string): string => (/^[\w.@-]+$/.test(text) ? text : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`)
