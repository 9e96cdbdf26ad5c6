import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answerOnce, problems } from '../http/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { includes } from '../kernel/rule.ts'
import { type Caller, viewerOf } from './caller.ts'
import { type ConfirmParts, confirmRuleSet } from './confirm-rule-set.ts'
import { confirmBody, printRuleSets, ruleSetsSchema } from './rule-set-schemas.ts'
import { type RuleSetsNow, ruleSetsNow } from './rule-sets-now.ts'

const tags = ['rules']

/** /v1/rules: what is in force, what waits to be confirmed, and confirming it. */
export const ruleSetRoutes: FastifyPluginAsyncZod<ConfirmParts> = async (app, parts) => {
  const { db, ruleSets } = parts

  const refuseStranger = async (caller: Caller): Promise<void> => {
    const { activation } = (await ruleSets.current()).file
    const confirms = caller.actor.kind === 'person' && activation !== null && includes(activation.confirmedBy, caller.actor.person)
    if (viewerOf(caller).everything || confirms) return
    throw new SallyportError('not_permitted', 'Rule sets are shown to admins, auditors, and those who confirm them.')
  }

  app.get(
    '/v1/rules',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getRules',
        summary: 'Which rule set is in force, and what waits to take its place',
        description: 'For admins, auditors, those who confirm rule sets, and programs that act for nobody.',
        tags,
        response: { 200: ruleSetsSchema, ...problems('not_permitted', 'not_ready') },
      },
    },
    async (request) => {
      await refuseStranger(request.caller)
      return printRuleSets(await ruleSetsNow(db))
    },
  )

  app.post(
    '/v1/rules/pending/confirm',
    {
      config: { scope: 'decide', idempotent: true },
      schema: {
        operationId: 'confirmRules',
        summary: 'Bring what waits to be confirmed into force',
        description:
          'By a person whom `activation.confirmedBy` of the rules in force names, with a credential of their own, and not by who proposed it.',
        tags,
        body: confirmBody,
        response: {
          200: ruleSetsSchema,
          ...problems('person_required', 'own_credential_required', 'not_permitted', 'self_approval', 'rules_not_pending', 'not_ready'),
        },
      },
    },
    async (request, reply) =>
      answerOnce<RuleSetsNow>(request, reply, {
        db,
        run: (each) => confirmRuleSet({ ...parts, db: each })({ caller: request.caller, hash: request.body.hash }),
        shape: (now) => ({ status: 200, body: printRuleSets(now) }),
      }),
  )
}
