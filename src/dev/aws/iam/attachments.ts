import { type Actions, reads, writes } from '../action.ts'
import { limitExceeded, noSuchEntity } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { Entity } from '../state.ts'
import { type EntityKind, findEntity, findModifiable } from './entity-kind.ts'
import { checkAttachable, policyArnOf } from './find-policy.ts'
import { iamPage } from './iam-page.ts'
import { prefixConstraint } from './names.ts'

/** Managed policies on one role, user or group, as it is unless AWS raises it (IAM Entity Guide, "IAM and STS quotas"). */
export const ATTACHED_QUOTA = 10

/** Attach, detach and list managed policies, of roles, users or groups. */
export const attachmentActions = <E extends Entity>(kind: EntityKind<E>): Actions => [
  [
    `Attach${kind.noun}Policy`,
    writes((call) => {
      const arn = policyArnOf(call)
      const entity = findModifiable(kind, call)
      checkAttachable(call, arn)
      if (entity.attached.includes(arn)) return null
      if (entity.attached.length >= ATTACHED_QUOTA) {
        throw limitExceeded(`Cannot exceed quota for PoliciesPer${kind.noun}: ${ATTACHED_QUOTA}`)
      }
      entity.attached.push(arn)
      return null
    }),
  ],
  [
    `Detach${kind.noun}Policy`,
    writes((call) => {
      const arn = policyArnOf(call)
      const entity = findModifiable(kind, call)
      if (!entity.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
      entity.attached = entity.attached.filter((other) => other !== arn)
      return null
    }),
  ],
  [
    `ListAttached${kind.noun}Policies`,
    reads((call) => {
      const prefix = call.parameters.optionalText('PathPrefix', prefixConstraint) ?? '/'
      const attached = findEntity(kind, call).attached.filter((arn) => pathOf(arn).startsWith(prefix))
      return iamPage(call, 'AttachedPolicies', attached, nameIn, describeAttached)
    }),
  ],
]

export const describeAttached = (arn: string): XmlElement => ({ PolicyName: nameIn(arn), PolicyArn: arn })

const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

const pathOf = (arn: string): string => arn.slice(arn.indexOf(':policy/') + ':policy'.length, arn.lastIndexOf('/') + 1)
