import { z } from 'zod'
import { type JsonAction, type JsonActions, readsJson, resourceNotFound, writesJson } from '../json-action.ts'
import type { Assignment, Work } from './identity-center-state.ts'
import { accountId, aPageOfInstance, aPageOfSet, instanceNamed, ofInstance, ofSet, setNamed, ssoPage } from './sso-input.ts'
import { begin, describeWork, workNamed } from './work.ts'

const ofPrincipal = {
  PrincipalType: z.enum(['USER', 'GROUP']),
  PrincipalId: z
    .string()
    .max(47)
    .regex(/^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/),
}
const ofAssignment = ofSet.extend({ TargetId: accountId, TargetType: z.literal('AWS_ACCOUNT'), ...ofPrincipal })

/** Who may use a permission set in which account. */
export const assignmentActions: JsonActions = [
  ['CreateAccountAssignment', changing('assign', 'AccountAssignmentCreationStatus')],
  ['DeleteAccountAssignment', changing('unassign', 'AccountAssignmentDeletionStatus')],
  [
    'DescribeAccountAssignmentCreationStatus',
    readsJson(ofInstance.extend({ AccountAssignmentCreationRequestId: z.uuid() }), (context, input) => ({
      AccountAssignmentCreationStatus: describe(
        workNamed(instanceNamed(context, input), 'assign', input.AccountAssignmentCreationRequestId),
      ),
    })),
  ],
  [
    'DescribeAccountAssignmentDeletionStatus',
    readsJson(ofInstance.extend({ AccountAssignmentDeletionRequestId: z.uuid() }), (context, input) => ({
      AccountAssignmentDeletionStatus: describe(
        workNamed(instanceNamed(context, input), 'unassign', input.AccountAssignmentDeletionRequestId),
      ),
    })),
  ],
  [
    'ListAccountAssignments',
    readsJson(aPageOfSet.extend({ AccountId: accountId }), (context, input) => {
      const { center, set } = setNamed(context, input)
      const found = center.assignments.filter(({ account, permissionSet }) => account === input.AccountId && permissionSet === set.arn)
      return ssoPage(input, 'AccountAssignments', found, keyOf, describeAssignment)
    }),
  ],
  [
    'ListAccountAssignmentsForPrincipal',
    readsJson(aPageOfInstance.extend(ofPrincipal), (context, input) => {
      const center = instanceNamed(context, input)
      const groups = center.groups.filter(({ members }) => members.some(({ user }) => user === input.PrincipalId)).map(({ id }) => id)
      const found = center.assignments.filter(({ principalId }) => principalId === input.PrincipalId || groups.includes(principalId))
      return ssoPage(input, 'AccountAssignments', found, keyOf, describeAssignment)
    }),
  ],
]

function changing(kind: 'assign' | 'unassign', answer: string): JsonAction {
  return writesJson(ofAssignment, (context, input) => {
    const { center, set } = setNamed(context, input)
    const principal = { principalType: input.PrincipalType, principalId: input.PrincipalId }
    const wanted = { account: input.TargetId, permissionSet: set.arn, ...principal }
    if (kind === 'unassign' && !center.assignments.some((each) => keyOf(each) === keyOf(wanted))) {
      throw resourceNotFound('The assignment was not found')
    }
    return { [answer]: describe(begin(center, { kind, permissionSet: set.arn, accounts: [input.TargetId], principal })) }
  })
}

const keyOf = ({ account, permissionSet, principalType, principalId }: Assignment): string =>
  [account, permissionSet, principalType, principalId].join(' ')

const describeAssignment = ({ account, permissionSet, principalType, principalId }: Assignment) => ({
  AccountId: account,
  PermissionSetArn: permissionSet,
  PrincipalType: principalType,
  PrincipalId: principalId,
})

const describe = (work: Work) => ({
  ...describeWork(work),
  TargetId: work.accounts[0],
  TargetType: 'AWS_ACCOUNT',
  PermissionSetArn: work.permissionSet,
  PrincipalType: work.principal?.principalType,
  PrincipalId: work.principal?.principalId,
})
