import { z } from 'zod'
import type { ActorRecord } from '../kernel/actor.ts'
import type { RuleSetChanges } from '../kernel/rule-set-changes.ts'
import { changesInWords } from '../rules/index.ts'
import type { RuleSetsNow } from './rule-sets-now.ts'

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'is not the hash of a rule set')
  .meta({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })

const time = z.iso.datetime()
const names = z.array(z.string())
const who = z.strictObject({ kind: z.enum(['person', 'service', 'system']), person: z.string().nullable(), via: z.string() })

const changes = z
  .strictObject({
    words: names.describe('All of it in words, a line for each.'),
    rules: z.strictObject({
      added: names,
      removed: names,
      changed: z.array(z.strictObject({ rule: z.string(), keys: names })),
      reordered: z.boolean(),
    }),
    powers: z
      .array(z.strictObject({ power: z.string(), gained: names, lost: names }))
      .describe('Who can do what that they could not, or no longer, by the groups of the files.'),
    people: z.strictObject({ added: names, removed: names, changed: names }),
    parts: names.describe('The other parts of the file that are not what they were.'),
  })
  .meta({ id: 'RuleSetChanges' })

export const ruleSetsSchema = z
  .strictObject({
    inForce: z.strictObject({ hash, since: time, by: who }),
    pending: z
      .strictObject({
        hash,
        since: time,
        by: who.describe('Who proposed it.'),
        changes: changes.nullable().describe('What it has otherwise than the one in force; null: this version cannot read one of them.'),
      })
      .nullable()
      .describe('What waits to be confirmed; null: nothing does.'),
  })
  .meta({ id: 'RuleSets' })

export const confirmBody = z
  .strictObject({ hash: hash.describe('Of the rule set that you have read: another one that came in its place is not confirmed.') })
  .meta({ id: 'ConfirmRuleSet' })

/** The wire form of how the rule sets stand. */
export const printRuleSets = ({ inForce, pending }: RuleSetsNow): z.infer<typeof ruleSetsSchema> => ({
  inForce: { hash: inForce.hash, since: inForce.since.toISOString(), by: printActor(inForce.activatedBy) },
  pending:
    pending === null
      ? null
      : {
          hash: pending.hash,
          since: pending.since.toISOString(),
          by: printActor(pending.proposedBy),
          changes: pending.changes === null ? null : printChanges(pending.changes),
        },
})

const printActor = ({ kind, person, via }: ActorRecord) => ({ kind, person, via })

const printChanges = (given: RuleSetChanges): z.infer<typeof changes> => ({
  words: [...changesInWords(given)],
  rules: {
    added: [...given.added],
    removed: [...given.removed],
    changed: given.changed.map(({ rule, keys }) => ({ rule, keys: [...keys] })),
    reordered: given.reordered,
  },
  powers: given.powers.map(({ power, gained, lost }) => ({ power, gained: [...gained], lost: [...lost] })),
  people: { added: [...given.people.added], removed: [...given.people.removed], changed: [...given.people.changed] },
  parts: [...given.parts],
})
