import type { CatalogDatabase } from './database.ts'

/**
 * The AWS CLI command, for a POSIX shell, that lets a database accept IAM authentication
 * (docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.Enabling.html, …/rds-proxy-modifying-proxy.html).
 * A proxy is modified by its name, which its ARN does not hold, so the command looks it up.
 */
export function enableIamAuthCommand({ kind, identifier, arn, region }: CatalogDatabase): string {
  switch (kind) {
    case 'cluster':
      return `aws rds modify-db-cluster --region ${region} --db-cluster-identifier ${identifier} --enable-iam-database-authentication --apply-immediately`
    case 'instance':
      return `aws rds modify-db-instance --region ${region} --db-instance-identifier ${identifier} --enable-iam-database-authentication --apply-immediately`
    case 'proxy': {
      const query = `DBProxies[?DBProxyArn=='${arn}'].DBProxyName`
      const name = `$(aws rds describe-db-proxies --region ${region} --query "${query}" --output text)`
      return `aws rds modify-db-proxy --region ${region} --db-proxy-name "${name}" --default-auth-scheme IAM_AUTH`
    }
  }
}
