import type { Call } from '../action.ts'
import type { Cluster, Instance, Proxy } from './database-state.ts'
import { findDatabase, membersOf } from './find-database.ts'
import { arnOf, authOf, defaultAuthSchemeOf, hostOf, refuseIamAuthentication, refuseTaken } from './new-database.ts'
import { invalidCombination, isTrue, newIdentifier, optionalBoolean, required } from './rds-parameters.ts'

/**
 * Renames a cluster, or switches its IAM authentication, which its instances share; its resource id stays. Without
 * ApplyImmediately the change is pending.
 */
export function modifyCluster(call: Call): Cluster {
  const cluster = findDatabase(call, 'cluster', required(call, 'DBClusterIdentifier'))
  const { identifier, iamAuthentication } = changesFor(call, cluster, 'NewDBClusterIdentifier')
  const members = membersOf(call, cluster)
  if (iamAuthentication !== null) for (const each of [cluster, ...members]) each.iamAuthentication = iamAuthentication
  if (identifier !== null) {
    Object.assign(cluster, { identifier, arn: arnOf(call, 'cluster', identifier), host: hostOf(call, `${identifier}.cluster-`) })
    for (const member of members) member.cluster = identifier
  }
  return cluster
}

/** The same for an instance; one of a cluster has its cluster's IAM authentication. */
export function modifyInstance(call: Call): Instance {
  const instance = findDatabase(call, 'instance', required(call, 'DBInstanceIdentifier'))
  if (instance.cluster !== null && optionalBoolean(call, 'EnableIAMDatabaseAuthentication') !== null) {
    throw invalidCombination(`IAM database authentication of ${instance.identifier} is that of its DB cluster; modify ${instance.cluster}`)
  }
  const { identifier, iamAuthentication } = changesFor(call, instance, 'NewDBInstanceIdentifier')
  if (iamAuthentication !== null) instance.iamAuthentication = iamAuthentication
  if (identifier !== null) {
    Object.assign(instance, { identifier, arn: arnOf(call, 'db', identifier), host: hostOf(call, `${identifier}.`) })
  }
  return instance
}

/** Changes how a proxy lets clients in, or its name; its resource id, and so its ARN, stays. */
export function modifyProxy(call: Call): Proxy {
  const proxy = findDatabase(call, 'proxy', required(call, 'DBProxyName'))
  const auth = authOf(call)
  if (auth.length > 0) proxy.auth = auth
  proxy.defaultAuthScheme = defaultAuthSchemeOf(call) ?? proxy.defaultAuthScheme
  if (call.parameters.get('NewDBProxyName') !== null) {
    const identifier = newIdentifier(call, 'NewDBProxyName')
    refuseTaken(call, 'proxy', identifier)
    Object.assign(proxy, { identifier, host: hostOf(call, `${identifier}.proxy-`) })
  }
  return proxy
}

/** What changes now; what does not is noted as pending. */
function changesFor(call: Call, database: Cluster | Instance, newName: string): Cluster['pending'] {
  const identifier = call.parameters.get(newName) === null ? null : newIdentifier(call, newName)
  const iamAuthentication = optionalBoolean(call, 'EnableIAMDatabaseAuthentication')
  if (identifier !== null) refuseTaken(call, database.kind, identifier)
  if (iamAuthentication === true) refuseIamAuthentication(database.engine)
  if (isTrue(call, 'ApplyImmediately')) {
    database.pending = { identifier: null, iamAuthentication: null }
    return { identifier, iamAuthentication }
  }
  database.pending = {
    identifier: identifier ?? database.pending.identifier,
    iamAuthentication: iamAuthentication ?? database.pending.iamAuthentication,
  }
  return { identifier: null, iamAuthentication: null }
}
