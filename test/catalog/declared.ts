import { readContent, type SallyportFile } from '../../src/config/index.ts'

export const orders = {
  arn: 'arn:aws:rds:us-east-2:123456789012:cluster:orders',
  resourceId: 'cluster-ABCDEFGHIJKL01234',
  engine: 'aurora-postgresql',
  host: 'orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com',
  tags: { environment: 'production', 'team:owner': 'billing' },
}

export const invoices = {
  arn: 'arn:aws:rds:us-east-2:123456789012:db:invoices',
  resourceId: 'db-MNOPQRSTUVWX56789',
  engine: 'mysql',
  host: 'invoices.cabcdefghijk.us-east-2.rds.amazonaws.com',
  iamAuthentication: false,
}

/** The same resource id as `orders`, in another region: AWS promises uniqueness in a region only. */
export const ordersAbroad = {
  ...orders,
  arn: orders.arn.replace('us-east-2', 'eu-west-1'),
  host: orders.host.replace('us-east-2', 'eu-west-1'),
  tags: {},
}

export const demoAccount = { id: '123456789012', name: 'demo', regions: ['us-east-2', 'eu-west-1'] }

/** A file with these accounts and databases, read as sallyport.yaml is. */
export const declared = (databases: readonly object[], accounts: readonly object[] = [demoAccount]): SallyportFile =>
  readContent({ accounts, databases })
