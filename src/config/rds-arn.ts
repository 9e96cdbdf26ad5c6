export interface RdsArn {
  readonly arn: string
  readonly partition: string
  readonly region: string
  readonly accountId: string
  readonly kind: 'cluster' | 'instance' | 'proxy'
  readonly identifier: string
}

const kinds = { cluster: 'cluster', db: 'instance', 'db-proxy': 'proxy' } as const
const form = /^arn:[a-z-]+:rds:[a-z0-9-]+:\d{12}:(?:(?:cluster|db):[A-Za-z][A-Za-z0-9-]{0,62}|db-proxy:prx-[A-Za-z0-9]+)$/

/**
 * Reads the ARN of an Aurora cluster, an RDS instance or a proxy, or answers null
 * (docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Tagging.ARN.html).
 */
export function readRdsArn(arn: string): RdsArn | null {
  if (!form.test(arn)) return null
  const [, partition = '', , region = '', accountId = '', kind = '', identifier = ''] = arn.split(':')
  return isKind(kind) ? { arn, partition, region, accountId, kind: kinds[kind], identifier } : null
}

const isKind = (text: string): text is keyof typeof kinds => Object.hasOwn(kinds, text)
