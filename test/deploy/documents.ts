import { readFileSync } from 'node:fs'

export type TierName = 'contained' | 'bounded' | 'any'

/** What an operator chooses; the names are those of the placeholders in deploy/aws/policies. */
export interface Filling {
  readonly partition: string
  readonly account: string
  readonly deployment: string
  readonly trusted: string
  readonly external_id: string
  readonly role: string
  readonly boundary: string
  readonly principal_boundary: string
  readonly session_names: readonly string[]
  readonly principals: readonly string[]
  readonly permission_sets: readonly string[]
}

export const folder = new URL('../../deploy/aws/', import.meta.url)

export const fillingFor = (account: string, deployment: string, more: Partial<Filling> = {}): Filling => {
  const { partition = 'aws' } = more
  const boundary = `arn:${partition}:iam::${account}:policy/sallyport/sallyport-${deployment}-boundary`
  return {
    partition,
    account,
    deployment,
    trusted: `arn:${partition}:iam::210987654321:role/sallyport-service`,
    external_id: '3f1c9a52-shop',
    role: 'sallyport',
    boundary,
    principal_boundary: boundary,
    session_names: ['sallyport', 'sallyport-*'],
    principals: [`arn:${partition}:iam::${account}:role/app-*`, `arn:${partition}:iam::${account}:user/developers/*`],
    permission_sets: [],
    ...more,
  }
}

/** A document of deploy/aws/policies as Terraform's templatefile fills it in. */
export const filled = (name: string, filling: Filling): string =>
  readFileSync(new URL(`policies/${name}.json`, folder), 'utf8').replace(/\$\{(\w+)\}/g, (_, key: string) => {
    const value = new Map<string, unknown>(Object.entries(filling)).get(key)
    if (value === undefined) throw new Error(`nothing fills in ${key}`)
    return Array.isArray(value) ? value.join('", "') : String(value)
  })

/** The names of the role's policies. */
export const policiesOf = (tier: TierName, filling: Filling): readonly string[] => [
  'reading',
  'access-roles',
  'never',
  ...(tier === 'bounded' ? ['bounded-principals'] : []),
  ...(tier === 'any' ? ['any-principals'] : []),
  ...(filling.permission_sets.length > 0 ? ['permission-sets'] : []),
]
