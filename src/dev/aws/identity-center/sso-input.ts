import { z } from 'zod'
import type { Context } from '../action.ts'
import { accessDenied, resourceNotFound, validationException } from '../json-action.ts'
import { pageOf } from '../paging.ts'
import type { IdentityCenter, PermissionSet } from './identity-center-state.ts'

// Lengths and patterns are those of the SSO Admin API's service model.

const instanceArn = z
  .string()
  .min(10)
  .max(1224)
  .regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/)
const permissionSetArn = z
  .string()
  .min(10)
  .max(1224)
  .regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::permissionSet\/(sso)?ins-[a-zA-Z0-9-.]{16}\/ps-[a-zA-Z0-9-./]{16}$/)

export const accountId = z.string().regex(/^\d{12}$/)
export const provisioningStatus = z.enum(['LATEST_PERMISSION_SET_PROVISIONED', 'LATEST_PERMISSION_SET_NOT_PROVISIONED']).optional()

/** What an instance is called by, and what a permission set is. */
export const ofInstance = z.object({ InstanceArn: instanceArn })
export const ofSet = ofInstance.extend({ PermissionSetArn: permissionSetArn })

const page = { MaxResults: z.int().min(1).max(100).optional(), NextToken: z.string().max(2048).optional() }
export const aPage = z.object(page)
export const aPageOfInstance = ofInstance.extend(page)
export const aPageOfSet = ofSet.extend(page)

/** The caller's instance of Identity Center. Throws AccessDeniedException for one that is another account's, or in another region. */
export function instanceNamed({ account, caller, region }: Context, { InstanceArn }: z.infer<typeof ofInstance>): IdentityCenter {
  const center = account.identityCenter
  if (center?.arn !== InstanceArn || center.region !== region) {
    throw accessDenied(`User: ${caller.arn} is not authorized to perform this operation on resource: ${InstanceArn}`)
  }
  return center
}

/** A permission set of the caller's instance. Throws AccessDeniedException or ResourceNotFoundException. */
export function setNamed(context: Context, input: z.infer<typeof ofSet>): { readonly center: IdentityCenter; readonly set: PermissionSet } {
  const center = instanceNamed(context, input)
  const set = center.permissionSets.find(({ arn }) => arn === input.PermissionSetArn)
  if (!set) throw resourceNotFound(`Could not find PermissionSet with id ${input.PermissionSetArn}`)
  return { center, set }
}

/** One page of a list, as `MaxResults` and `NextToken` ask for it. Throws ValidationException. */
export function ssoPage<T, K extends string, D>(
  { MaxResults, NextToken }: z.infer<typeof aPage>,
  list: K,
  items: readonly T[],
  keyOf: (item: T) => string,
  describe: (item: T) => D,
) {
  const { items: found, next } = pageOf(items, keyOf, {
    marker: NextToken ?? null,
    size: MaxResults ?? 100,
    badMarker: validationException(`Invalid NextToken: ${NextToken}`),
  })
  return { [list]: found.map(describe), ...(next === null ? {} : { NextToken: next }) }
}

/** Times are sent in seconds since 1970. */
export const seconds = (time: string): number => Date.parse(time) / 1000
