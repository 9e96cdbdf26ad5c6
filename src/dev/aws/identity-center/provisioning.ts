import { z } from 'zod'
import { type JsonActions, readsJson, resourceNotFound, validationException, writesJson } from '../json-action.ts'
import type { PermissionSet, Work } from './identity-center-state.ts'
import {
  accountId,
  aPageOfInstance,
  aPageOfSet,
  instanceNamed,
  ofInstance,
  ofSet,
  provisioningStatus,
  setNamed,
  ssoPage,
} from './sso-input.ts'
import { begin, describeWork, workNamed } from './work.ts'

export const provisioningActions: JsonActions = [
  [
    'ProvisionPermissionSet',
    writesJson(
      ofSet.extend({ TargetType: z.enum(['AWS_ACCOUNT', 'ALL_PROVISIONED_ACCOUNTS']), TargetId: accountId.optional() }),
      (context, input) => {
        const { center, set } = setNamed(context, input)
        const accounts = targetsOf(set, input.TargetType, input.TargetId)
        const work = begin(center, { kind: 'provision', permissionSet: set.arn, accounts, principal: null })
        return { PermissionSetProvisioningStatus: describe(work) }
      },
    ),
  ],
  [
    'DescribePermissionSetProvisioningStatus',
    readsJson(ofInstance.extend({ ProvisionPermissionSetRequestId: z.uuid() }), (context, input) => ({
      PermissionSetProvisioningStatus: describe(
        workNamed(instanceNamed(context, input), 'provision', input.ProvisionPermissionSetRequestId),
      ),
    })),
  ],
  [
    'ListPermissionSetProvisioningStatus',
    readsJson(
      aPageOfInstance.extend({ Filter: z.object({ Status: z.enum(['IN_PROGRESS', 'FAILED', 'SUCCEEDED']).optional() }).optional() }),
      (context, input) => {
        const wanted = input.Filter?.Status
        const found = instanceNamed(context, input).work.filter(
          ({ kind, status }) => kind === 'provision' && (wanted === undefined || status === wanted),
        )
        return ssoPage(
          input,
          'PermissionSetsProvisioningStatus',
          found,
          ({ id }) => id,
          (work) => {
            const { Status, RequestId, CreatedDate } = describeWork(work)
            return { Status, RequestId, CreatedDate }
          },
        )
      },
    ),
  ],
  [
    'ListAccountsForProvisionedPermissionSet',
    readsJson(aPageOfSet.extend({ ProvisioningStatus: provisioningStatus }), (context, input) => {
      const { set } = setNamed(context, input)
      const accounts = set.provisioned.filter(fits(set, input.ProvisioningStatus)).map(({ account }) => account)
      return ssoPage(input, 'AccountIds', accounts, String, String)
    }),
  ],
  [
    'ListPermissionSetsProvisionedToAccount',
    readsJson(aPageOfInstance.extend({ AccountId: accountId, ProvisioningStatus: provisioningStatus }), (context, input) => {
      const sets = instanceNamed(context, input).permissionSets.filter((set) =>
        set.provisioned.some((each) => each.account === input.AccountId && fits(set, input.ProvisioningStatus)(each)),
      )
      return ssoPage(
        input,
        'PermissionSets',
        sets.map(({ arn }) => arn),
        String,
        String,
      )
    }),
  ],
]

/** The accounts to provision: only those that have the set. Throws ResourceNotFoundException where there is none. */
function targetsOf(set: PermissionSet, targetType: string, targetId: string | undefined): string[] {
  const provisioned = set.provisioned.map(({ account }) => account)
  if ((targetType === 'AWS_ACCOUNT') !== (targetId !== undefined)) {
    throw validationException('TargetId is required for AWS_ACCOUNT, and not allowed for ALL_PROVISIONED_ACCOUNTS')
  }
  const targets = targetId === undefined ? provisioned : provisioned.filter((account) => account === targetId)
  if (targets.length === 0) throw resourceNotFound(`${set.arn} is not provisioned to ${targetId ?? 'any account'}`)
  return targets
}

const fits =
  (set: PermissionSet, status: z.infer<typeof provisioningStatus>) =>
  ({ revision }: PermissionSet['provisioned'][number]): boolean =>
    status === undefined || (revision === set.revision) === (status === 'LATEST_PERMISSION_SET_PROVISIONED')

const describe = (work: Work) => ({
  ...describeWork(work),
  PermissionSetArn: work.permissionSet,
  // Of work in all accounts, AWS names none.
  ...(work.accounts.length === 1 ? { AccountId: work.accounts[0] } : {}),
})
