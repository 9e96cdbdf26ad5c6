import type { Caller } from '../identity/index.ts'
import { compile, countedCharacters, inlineQuota } from '../policy/index.ts'
import { approversOf, type Judgement } from '../rules/index.ts'
import { type Asked, allowedDuration, draftRequest } from './draft-request.ts'
import { ownPeople } from './judging.ts'
import { actingPerson, activeRules, type RequestParts } from './parts.ts'
import { connectArnOf } from './request.ts'
import { readFacts } from './request-facts.ts'

/** What asking would come to; nothing is stored and AWS is not asked. */
export interface Preview {
  readonly judgement: Judgement
  readonly ruleSet: string
  readonly approvers: readonly string[]
  readonly durationSeconds: number | null
  /** The policy documents that these entitlements alone would make, with the characters that IAM counts. */
  readonly documents: readonly { readonly name: string; readonly document: string; readonly characters: number }[]
  readonly quota: number
}

/** Judges a request without making it. Throws what makes it impossible to judge; a refusal by the rules is an answer. */
export const previewRequest =
  (parts: RequestParts) =>
  async (command: { readonly caller: Caller; readonly asked: Asked }): Promise<Preview> => {
    const requester = actingPerson(command.caller)
    const references = command.asked.entitlements.map(({ database }) => database)
    const facts = await readFacts(parts.db, { references, scope: null, keyId: null })
    const { file, hash } = await activeRules(parts, facts.activeRuleSet)
    const draft = draftRequest(file, command.asked, requester, facts)
    const { judgement } = draft
    const own = ownPeople({ requesterId: requester.id, beneficiaryId: draft.beneficiary.id, keyOwnerId: command.caller.credential.ownerId })
    const documents = compile(draft.entitlements.map(connectArnOf), parts.deploymentId)
    return {
      judgement,
      ruleSet: hash,
      approvers: judgement.allowed ? approversOf(judgement.stages, file.people, new Set(own)) : [],
      durationSeconds: judgement.allowed ? allowedDuration(draft, judgement) : draft.durationSeconds,
      documents: [...documents].map(([name, document]) => ({ name, document, characters: countedCharacters(document) })),
      quota: inlineQuota(draft.principal.kind),
    }
  }
