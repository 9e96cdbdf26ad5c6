import type { ConnectParts } from '../connect-resource-parts.ts'
import { byIdentifier, byMember, byResourceId, type DatabaseFacts } from '../database-facts.ts'
import { isPattern } from '../pattern.ts'
import { quoted } from '../quoted.ts'
import { hasVariable } from '../relate.ts'
import { finding } from './finding.ts'
import type { PartFinding, ResourcePlace } from './resource-place.ts'

// As in connect-arn.ts: RDS makes the ids of clusters and instances of capitals and digits.
const resourceIdForm = /^(?:(?:cluster|db)-[A-Z0-9]+|prx-[A-Za-z0-9]+)$/

/** The resource id: what is none, an instance of a cluster, what the catalog does not know, wildcards and variables in it. */
export function lintDatabase(parts: ConnectParts, place: ResourcePlace): readonly PartFinding[] {
  const { resourceId } = parts
  const { pointer, facts, version, judgeWildcards } = place
  if (resourceId === '*') return []
  if (hasVariable(resourceId, version)) {
    const detail = `the resource id ${quoted(resourceId)} is what a policy variable stands for when somebody connects; who may set that value chooses the database`
    return [unfixed(finding('policy_variable', pointer, detail, 'Name the database by its resource id.'))]
  }
  if (isPattern(resourceId)) {
    const detail = `${quoted(resourceId)} matches every resource id of that form; ids are given at random and say nothing of a database`
    return judgeWildcards ? [unfixed(finding('wildcard_resource_id', pointer, detail, 'Name each database by its whole resource id.'))] : []
  }
  if (resourceId === '')
    return [unfixed(finding('resource_form', pointer, 'the resource id after "dbuser:" is missing', 'Name the database.'))]
  if (byResourceId(facts, resourceId).length > 0) return []
  const clusters = inPlace(parts, byMember(facts, resourceId))
  if (clusters.length > 0 && meant(parts, place).length === 0) return [member(parts, place, clusters)]
  if (!resourceIdForm.test(resourceId)) return [notAnId(parts, place)]
  if (facts.databases === null) return []
  const detail = `the catalog has no database ${quoted(resourceId)}; one that was restored or made again has another id`
  const cure =
    'Check the id: DbClusterResourceId of a cluster, DbiResourceId of an instance. If it is right, add the database to the catalog.'
  return [unfixed(finding('unknown_database', pointer, detail, cure))]
}

const unfixed = (found: PartFinding['finding']): PartFinding => ({ finding: found, fix: {} })

function notAnId(parts: ConnectParts, place: ResourcePlace): PartFinding {
  const { resourceId } = parts
  const databases = meant(parts, place)
  const [database] = databases
  const detail = `${quoted(resourceId)} is not a resource id, which is cluster- or db- with capitals and digits, or prx-; it looks like the identifier that people gave a database, and matches none`
  if (database === undefined) {
    const cure = 'Write the resource id: DbClusterResourceId of a cluster, DbiResourceId of an instance, the end of the ARN of a proxy.'
    return unfixed(finding('identifier_for_resource_id', place.pointer, detail, cure))
  }
  return cured(finding('identifier_for_resource_id', place.pointer, detail, `Write ${idsOf(databases)}.`), databases)
}

/** IAM database authentication goes by the cluster (AuroraUserGuide, UsingWithRDS.IAMDBAuth.IAMPolicy.html). */
function member({ resourceId }: ConnectParts, place: ResourcePlace, clusters: readonly DatabaseFacts[]): PartFinding {
  const names = clusters.map(({ identifier }) => identifier).join(' or ')
  const detail = `${quoted(resourceId)} is an instance of the cluster ${names}; policies name the cluster, and this matches no database`
  return cured(finding('aurora_member', place.pointer, detail, `Write ${idsOf(clusters)}, which is for all its instances.`), clusters)
}

const idsOf = (databases: readonly DatabaseFacts[]): string =>
  databases
    .map(({ resourceId, identifier, region, account }) => `${quoted(resourceId)} (${identifier} in ${region} of account ${account})`)
    .join(' or ')

function cured(found: PartFinding['finding'], databases: readonly DatabaseFacts[]): PartFinding {
  const [only] = databases
  return { finding: found, fix: databases.length === 1 && only !== undefined ? { resourceId: only.resourceId } : {} }
}

/** The databases of that name, or of that id in other capitals. */
function meant(parts: ConnectParts, { facts }: ResourcePlace): readonly DatabaseFacts[] {
  const { resourceId } = parts
  const [, kind = '', rest = ''] = /^(cluster-|db-)(.*)$/i.exec(resourceId) ?? []
  return inPlace(parts, [...byIdentifier(facts, resourceId), ...byResourceId(facts, kind.toLowerCase() + rest.toUpperCase())])
}

/** Those in the place that the resource says; a few of them all, if none is there. */
function inPlace({ account, region }: ConnectParts, all: readonly DatabaseFacts[]): readonly DatabaseFacts[] {
  const here = all.filter((database) => database.account === account && database.region === region)
  return here.length > 0 ? here : all.slice(0, 5)
}
