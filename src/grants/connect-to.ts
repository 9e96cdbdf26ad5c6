import { getDatabase } from '../catalog/index.ts'
import type { Reader } from '../db/index.ts'
import { inField, SallyportError } from '../kernel/errors.ts'
import { checkDbUser, parseConnectPattern, permissionSetPattern, printDocument } from '../policy/index.ts'
import type { ConnectTo } from './connect-command.ts'
import type { GrantDetails } from './grant-view.ts'

/** Which of the databases and users that a wildcard covers; both left out where the grant names one. */
export interface Chosen {
  readonly database?: string | undefined
  readonly dbUser?: string | undefined
}

/**
 * What a grant lets connect to, out of what its wildcards cover. Throws `invalid_request` for a choice that is missing,
 * or is not the grant's; `database_not_found`, `ambiguous_database` and `invalid_db_user` for one that cannot be.
 */
export async function connectTo(db: Reader, grant: GrantDetails, chosen: Chosen): Promise<ConnectTo> {
  const dbUser = userOf(grant, chosen.dbUser)
  const database = grant.database ?? (await chosenDatabase(db, grant, chosen.database))
  if (grant.database !== null && chosen.database !== undefined) {
    const { id, resourceId } = grant.database
    if (![id, resourceId].includes(chosen.database)) refuse('database', `is not this grant’s, which is ${resourceId}`)
  }
  if (grant.dbUser === '*') inField('/dbUser', () => checkDbUser(dbUser, database.engine))
  return {
    database,
    dbUser,
    principalArn: grant.principalArn,
    accessRole: accessRoleOf(grant),
    sso: ssoOf(grant),
    keptUntil: grant.standing ? grant.endsAt : null,
  }
}

/**
 * Within an account it is enough that the role's trust policy names the principal; elsewhere the principal's own policies
 * must let it assume the role, and those of permission sets always (IAM User Guide, "Cross-account policy evaluation logic").
 */
function accessRoleOf({ accessRole, principalArn, beneficiaryId, callerWritten }: GrantDetails): ConnectTo['accessRole'] {
  if (accessRole === null) return null
  const trustedByName = permissionSetPattern(principalArn) === null && accountOf(principalArn) === accountOf(accessRole)
  const policyToPaste = callerWritten || trustedByName ? null : printDocument([accessRole])
  return { arn: accessRole, sessionName: sessionName(beneficiaryId), policyToPaste }
}

/** A permission set is used in the account of the database. */
const ssoOf = ({ permissionSet, resourceArn }: GrantDetails): ConnectTo['sso'] =>
  permissionSet === null ? null : { account: parseConnectPattern(resourceArn).account, permissionSet }

const accountOf = (arn: string): string | undefined => arn.split(':')[4]

/** Of 2 to 64 characters (docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html); a person's id has no others than it may have. */
const sessionName = (personId: string): string => (personId.length < 2 ? `sallyport-${personId}` : personId.slice(0, 64))

function userOf(grant: GrantDetails, chosen: string | undefined): string {
  if (grant.dbUser === '*') return chosen ?? refuse('dbUser', 'is needed: the grant is for every user, and a token is for one')
  if (chosen !== undefined && chosen !== grant.dbUser) refuse('dbUser', `is not this grant’s, which is ${grant.dbUser}`)
  return grant.dbUser
}

async function chosenDatabase(db: Reader, grant: GrantDetails, chosen: string | undefined): Promise<ConnectTo['database']> {
  const { region, account } = parseConnectPattern(grant.resourceArn)
  if (chosen === undefined) refuse('database', `is needed: the grant is for every database of ${region} in ${account}`)
  const database = await getDatabase(db, chosen)
  if (database.region !== region || database.accountId !== account || database.goneAt !== null) {
    refuse('database', `is not one of ${region} in ${account} that is there`)
  }
  return database
}

function refuse(parameter: keyof Chosen, detail: string): never {
  throw new SallyportError('invalid_request', `${parameter} ${detail}.`, { fields: [{ pointer: `/${parameter}`, detail }] })
}
