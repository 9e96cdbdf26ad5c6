import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { conflict, type JsonActions, readsJson, writesJson } from '../json-action.ts'
import type { PermissionSet } from './identity-center-state.ts'
import { aPageOfInstance, instanceNamed, ofInstance, ofSet, seconds, setNamed, ssoPage } from './sso-input.ts'

const settings = {
  Description: z
    .string()
    .min(1)
    .max(700)
    .regex(/^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/)
    .optional(),
  /** The user guide: 1 to 12 hours. */
  SessionDuration: z
    .string()
    .regex(/^PT(?:[1-9]|1[0-2])H$/)
    .optional(),
  RelayState: z.string().min(1).max(240).optional(),
}
const name = z
  .string()
  .min(1)
  .max(32)
  .regex(/^[\w+=,.@-]+$/)

export const permissionSetActions: JsonActions = [
  [
    'CreatePermissionSet',
    writesJson(ofInstance.extend({ Name: name, ...settings }), (context, input) => {
      const center = instanceNamed(context, input)
      if (center.permissionSets.some((other) => other.name.toLowerCase() === input.Name.toLowerCase())) {
        throw conflict(`PermissionSet with name ${input.Name} already exists.`)
      }
      const set: PermissionSet = {
        arn: `${center.arn.replace(':instance/', ':permissionSet/')}/ps-${randomBytes(8).toString('hex')}`,
        name: input.Name,
        description: input.Description ?? null,
        sessionDuration: input.SessionDuration ?? 'PT1H',
        relayState: input.RelayState ?? null,
        created: new Date().toISOString(),
        inlinePolicy: null,
        references: [],
        managed: [],
        revision: 1,
        provisioned: [],
      }
      center.permissionSets.push(set)
      return { PermissionSet: describe(set) }
    }),
  ],
  [
    'UpdatePermissionSet',
    writesJson(ofSet.extend(settings), (context, input) => {
      const { set } = setNamed(context, input)
      set.description = input.Description ?? set.description
      set.sessionDuration = input.SessionDuration ?? set.sessionDuration
      set.relayState = input.RelayState ?? set.relayState
      set.revision += 1
      return {}
    }),
  ],
  ['DescribePermissionSet', readsJson(ofSet, (context, input) => ({ PermissionSet: describe(setNamed(context, input).set) }))],
  [
    'ListPermissionSets',
    readsJson(aPageOfInstance, (context, input) =>
      ssoPage(
        input,
        'PermissionSets',
        instanceNamed(context, input).permissionSets.map(({ arn }) => arn),
        String,
        String,
      ),
    ),
  ],
  [
    'DeletePermissionSet',
    writesJson(ofSet, (context, input) => {
      const { center, set } = setNamed(context, input)
      if (center.assignments.some(({ permissionSet }) => permissionSet === set.arn) || set.provisioned.length > 0) {
        throw conflict('Could not delete because PermissionSet has ApplicationProfile associated with it')
      }
      center.permissionSets = center.permissionSets.filter((other) => other !== set)
      return {}
    }),
  ],
]

const describe = (set: PermissionSet) => ({
  Name: set.name,
  PermissionSetArn: set.arn,
  CreatedDate: seconds(set.created),
  SessionDuration: set.sessionDuration,
  ...(set.description === null ? {} : { Description: set.description }),
  ...(set.relayState === null ? {} : { RelayState: set.relayState }),
})
