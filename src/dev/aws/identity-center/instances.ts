import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { conflict, type JsonActions, readsJson, writesJson } from '../json-action.ts'
import { aPage, seconds, ssoPage } from './sso-input.ts'

/**
 * The instance of Identity Center of an organisation: its account is the management account, its region the home region, and
 * every account is in the organisation. At AWS it is made in the console; here, by CreateInstance.
 */
export const instanceActions: JsonActions = [
  [
    'CreateInstance',
    writesJson(z.object({}), ({ account, region, partition }) => {
      if (account.identityCenter) throw conflict('There is already an instance of IAM Identity Center')
      account.identityCenter = {
        region,
        arn: `arn:${partition}:sso:::instance/ssoins-${randomBytes(8).toString('hex')}`,
        identityStoreId: `d-${randomBytes(5).toString('hex')}`,
        created: new Date().toISOString(),
        permissionSets: [],
        assignments: [],
        work: [],
        users: [],
        groups: [],
      }
      return { InstanceArn: account.identityCenter.arn }
    }),
  ],
  [
    'ListInstances',
    readsJson(aPage, ({ account, caller, region }, input) => {
      const found = account.identityCenter?.region === region ? [account.identityCenter] : []
      return ssoPage(
        input,
        'Instances',
        found,
        ({ arn }) => arn,
        ({ arn, identityStoreId, created }) => ({
          InstanceArn: arn,
          IdentityStoreId: identityStoreId,
          OwnerAccountId: caller.account,
          CreatedDate: seconds(created),
          Status: 'ACTIVE',
        }),
      )
    }),
  ],
]
