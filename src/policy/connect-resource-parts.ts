/** The parts of a resource of a policy that has the form of database users; each may hold wildcards and variables. */
export interface ConnectParts {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resourceId: string
  readonly dbUser: string
}

// A variable may hold colons and slashes: they separate nothing.
const part = (separators: string) => `((?:\\$\\{[^}]*\\}|[^${separators}])*)`
const form = new RegExp(`^arn:${part(':')}:${part(':')}:${part(':')}:${part(':')}:dbuser:${part('/')}/(.*)$`, 's')

/** Null for a resource of another form, such as `*` or `arn:aws:rds-db:*`. */
export function connectParts(resource: string): ConnectParts | null {
  const [, partition, service, region, account, resourceId, dbUser] = form.exec(resource) ?? []
  if (partition === undefined || service === undefined || region === undefined) return null
  if (account === undefined || resourceId === undefined || dbUser === undefined) return null
  return { partition, service, region, account, resourceId, dbUser }
}

export const printConnectParts = ({ partition, service, region, account, resourceId, dbUser }: ConnectParts): string =>
  `arn:${partition}:${service}:${region}:${account}:dbuser:${resourceId}/${dbUser}`
