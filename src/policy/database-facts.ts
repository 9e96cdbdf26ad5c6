/** What is known of a database, to read a policy with. */
export interface DatabaseFacts {
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly kind: 'cluster' | 'instance' | 'proxy'
  readonly resourceId: string
  /** Its name in RDS; of a proxy, the resource id. */
  readonly identifier: string
  readonly engine: string
  /** Null if they are not declared: nothing is known then of any user. */
  readonly dbUsers: readonly string[] | null
  /** Of a cluster, its instances; their ids and names are no database's. */
  readonly members: readonly { readonly resourceId: string; readonly identifier: string }[]
}

/** What a policy is read with besides itself. */
export interface PolicyFacts {
  /** Null if there is no catalog: then no database is unknown. */
  readonly databases: readonly DatabaseFacts[] | null
  /** The account in which the policy is to stand. */
  readonly account: string | null
}

export const byResourceId = ({ databases }: PolicyFacts, resourceId: string): readonly DatabaseFacts[] =>
  databases?.filter((database) => database.resourceId === resourceId) ?? []

/** Identifiers are kept in small letters by RDS, however they are written. */
export const byIdentifier = ({ databases }: PolicyFacts, identifier: string): readonly DatabaseFacts[] =>
  databases?.filter((database) => database.identifier === identifier.toLowerCase()) ?? []

/** The clusters that have an instance of this resource id or this name, in whatever capitals. */
export function byMember({ databases }: PolicyFacts, idOrName: string): readonly DatabaseFacts[] {
  const name = idOrName.toLowerCase()
  const id = name.startsWith('db-') ? `db-${name.slice(3).toUpperCase()}` : null
  return databases?.filter(({ members }) => members.some(({ resourceId, identifier }) => resourceId === id || identifier === name)) ?? []
}
