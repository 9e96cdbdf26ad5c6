import type { Call } from '../action.ts'
import { Refusal } from '../protocol/refusal.ts'
import type { Cluster, Database, Instance, Proxy } from './database-state.ts'
import { findDatabase, membersOf } from './find-database.ts'
import { invalidCombination, isTrue, required } from './rds-parameters.ts'

/** Throws InvalidDBClusterStateFault while it has instances, and InvalidParameterCombination unless its snapshot is settled. */
export function deleteCluster(call: Call): Cluster {
  const cluster = findDatabase(call, 'cluster', required(call, 'DBClusterIdentifier'))
  settleSnapshot(call, 'FinalDBSnapshotIdentifier')
  if (membersOf(call, cluster).length > 0) {
    throw new Refusal(400, 'InvalidDBClusterStateFault', 'Cluster cannot be deleted, it still contains DB instances in non-deleting state.')
  }
  return remove(call, cluster)
}

/** An instance of a cluster has no snapshot of its own. Throws InvalidParameterCombination. */
export function deleteInstance(call: Call): Instance {
  const instance = findDatabase(call, 'instance', required(call, 'DBInstanceIdentifier'))
  if (instance.cluster === null) settleSnapshot(call, 'FinalDBSnapshotIdentifier')
  return remove(call, instance)
}

export const deleteProxy = (call: Call): Proxy => remove(call, findDatabase(call, 'proxy', required(call, 'DBProxyName')))

/** The last snapshot is either skipped or named: exactly one of the two. */
function settleSnapshot(call: Call, parameter: string): void {
  if (isTrue(call, 'SkipFinalSnapshot') === (call.parameters.get(parameter) !== null)) {
    throw invalidCombination(`${parameter} is required unless SkipFinalSnapshot is specified, and not allowed when it is.`)
  }
}

function remove<D extends Database>({ account: { databases } }: Call, database: D): D {
  databases.splice(databases.indexOf(database), 1)
  return database
}
