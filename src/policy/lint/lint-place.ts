import { accountFault, partitionFault, regionFault } from '../arn.ts'
import type { ConnectParts } from '../connect-resource-parts.ts'
import { byResourceId } from '../database-facts.ts'
import { isPattern } from '../pattern.ts'
import { quoted } from '../quoted.ts'
import { type FindingCode, finding } from './finding.ts'
import type { PartFinding, ResourcePlace } from './resource-place.ts'

const fields = ['partition', 'region', 'account'] as const
type Field = (typeof fields)[number]

const impossible: Readonly<Record<Field, FindingCode>> = {
  partition: 'partition_impossible',
  region: 'region_impossible',
  account: 'account_impossible',
}
const ofAnother: Readonly<Record<Field, FindingCode>> = {
  partition: 'partition_not_of_database',
  region: 'region_not_of_database',
  account: 'account_not_of_database',
}

/** Partition, region and account: what cannot be, what is not the database's or the policy's, and wildcards. */
export function lintPlace(parts: ConnectParts, place: ResourcePlace): readonly PartFinding[] {
  const tame = fields.filter((field) => !isPattern(parts[field]) && !parts[field].includes('${'))
  const wild = fields.filter((field) => !tame.includes(field))
  const faults = tame.flatMap((field) => faultOf(field, parts, tame) ?? [])
  const open = place.judgeWildcards && wild.length > 0 ? [wildPlace(parts, wild, place)] : []
  if (faults.length === 0) return [...open, ...ofAnotherDatabase(parts, tame, place), ...ofAnotherAccount(parts, place)]
  const known = byResourceId(place.facts, parts.resourceId)
  const only = known.length === 1 ? known[0] : undefined
  const wrong = faults.map(({ field, fault }): PartFinding => {
    const right = only?.[field] ?? withoutFault(field, parts[field])
    const cure = right === null ? `Write the ${field} of the database.` : `Write ${quoted(right)}.`
    const found = finding(impossible[field], place.pointer, `${fault}; the resource matches no database`, cure)
    return { finding: found, fix: right === null ? {} : { [field]: right } }
  })
  return [...open, ...wrong]
}

function faultOf(field: Field, parts: ConnectParts, tame: readonly Field[]): { readonly field: Field; readonly fault: string } | null {
  const inPartition = tame.includes('partition') && partitionFault(parts.partition) === null
  const faults = {
    partition: () => partitionFault(parts.partition),
    region: () => (inPartition ? regionFault(parts.partition, parts.region) : null),
    account: () => accountFault(parts.account),
  }
  const fault = faults[field]()
  return fault === null ? null : { field, fault }
}

/** The text without what alone is wrong with it. */
function withoutFault(field: Field, text: string): string | null {
  if (field === 'account') return /^\d{4}-\d{4}-\d{4}$/.test(text) ? text.replaceAll('-', '') : null
  if (field === 'region') return /^([a-z-]+-\d+)[a-z]$/.exec(text)?.[1] ?? null
  return null
}

/** The catalog knows the id, and elsewhere. Ids are unique in a region only, so that one database that fits is enough. */
function ofAnotherDatabase(parts: ConnectParts, tame: readonly Field[], { pointer, facts }: ResourcePlace): readonly PartFinding[] {
  const [nearest] = byResourceId(facts, parts.resourceId)
    .map((database) => ({ database, misfits: tame.filter((field) => database[field] !== parts[field]) }))
    .sort((one, other) => one.misfits.length - other.misfits.length)
  if (nearest === undefined) return []
  const { database, misfits } = nearest
  return misfits.map((field) => {
    const right = database[field]
    const detail = `${quoted(parts[field])} is not the ${field} of ${database.identifier} (${parts.resourceId}), which is in ${quoted(right)}; the resource matches no database`
    return { finding: finding(ofAnother[field], pointer, detail, `Write ${quoted(right)}.`), fix: { [field]: right } }
  })
}

/** A policy works only in its own account. */
function ofAnotherAccount(parts: ConnectParts, { pointer, facts: { account } }: ResourcePlace): readonly PartFinding[] {
  if (account === null || isPattern(parts.account) || parts.account === account) return []
  const detail = `the resource is in account ${parts.account}, and a policy in account ${account} lets nobody connect there`
  const cure = `Put the policy on a role in account ${parts.account}, and let the principal assume that.`
  return [{ finding: finding('account_not_of_policy', pointer, detail, cure), fix: {} }]
}

function wildPlace(parts: ConnectParts, wild: readonly Field[], { pointer }: ResourcePlace): PartFinding {
  const said = wild.map((field) => `the ${field} ${quoted(parts[field])}`).join(' and ')
  const detail = `${said} can be any that matches, so that databases elsewhere are let in too`
  return { finding: finding('wildcard_place', pointer, detail, `Name the ${wild.join(' and the ')}.`), fix: {} }
}
