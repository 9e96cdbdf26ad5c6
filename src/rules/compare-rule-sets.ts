import type { Person } from '../kernel/actor.ts'
import { formatDuration } from '../kernel/duration.ts'
import { includes, namesIn, type Rule, type Stage, type Who } from '../kernel/rule.ts'
import type { RuleSetChanges } from '../kernel/rule-set-changes.ts'

/** What is compared of a sallyport.yaml; its other parts are held against each other as a whole. */
export interface ComparedFile {
  readonly rules: readonly Rule[]
  readonly people: readonly Person[]
  readonly admins: Who
  readonly auditors: Who
  readonly activation: { readonly confirmedBy: Who } | null
}

/** What changes when one file takes the place of another. Pure; groups are those of the files, not those that tokens claim. */
export function compareRuleSets(before: ComparedFile, after: ComparedFile): RuleSetChanges {
  const [then, now] = [byName(before), byName(after)]
  const both = [...then.keys()].filter((name) => now.has(name))
  const [was, is] = [new Map(before.people.map((each) => [each.id, each])), new Map(after.people.map((each) => [each.id, each]))]
  return {
    added: [...now.keys()].filter((name) => !then.has(name)),
    removed: [...then.keys()].filter((name) => !now.has(name)),
    changed: both.flatMap((rule) => {
      const keys = changedKeys(then.get(rule), now.get(rule))
      return keys.length === 0 ? [] : [{ rule, keys }]
    }),
    reordered: both.join() !== [...now.keys()].filter((name) => then.has(name)).join(),
    powers: changedPowers(powersIn(before), powersIn(after)),
    people: {
      added: [...is.keys()].filter((id) => !was.has(id)),
      removed: [...was.keys()].filter((id) => !is.has(id)),
      changed: [...is].flatMap(([id, person]) => (was.has(id) && stable(was.get(id)) !== stable(person) ? [id] : [])),
    },
    parts: changedKeys(before, after).filter((key) => key !== 'rules' && key !== 'people'),
  }
}

/** Whether nothing that is judged by is another. */
export const isSame = (changes: RuleSetChanges): boolean =>
  stable(changes) ===
  stable({ added: [], removed: [], changed: [], reordered: false, powers: [], people: { added: [], removed: [], changed: [] }, parts: [] })

const byName = ({ rules }: ComparedFile): ReadonlyMap<string, Rule> => new Map(rules.map((rule) => [rule.name, rule]))

function changedKeys(before: object | undefined, after: object | undefined): string[] {
  const [then, now] = [entries(before), entries(after)]
  return [...new Set([...then.keys(), ...now.keys()])].filter((key) => stable(then.get(key)) !== stable(now.get(key)))
}

const entries = (of: object | undefined): ReadonlyMap<string, unknown> => new Map(Object.entries(of ?? {}))

type Powers = ReadonlyMap<string, ReadonlySet<string>>

/** Everybody who can do a thing, named as groups and each as a person. */
function powersIn({ rules, people, admins, auditors, activation }: ComparedFile): Powers {
  const powers = new Map<string, Set<string>>()
  const give = (power: string, who: Who) => {
    const named = namesIn({ groups: who.groups, people: people.filter((person) => includes(who, person)).map(({ id }) => id) })
    powers.set(power, new Set([...(powers.get(power) ?? []), ...named]))
  }
  const giveApproval = (power: string, { from, escalate }: Stage) => {
    give(power, from)
    if (escalate !== undefined) give(`${power} after a wait of ${formatDuration(escalate.after)}`, escalate.to)
  }
  give('administer', admins)
  give('audit', auditors)
  if (activation !== null) give('confirm rule sets', activation.confirmedBy)
  for (const rule of rules) {
    if (rule.effect === 'deny') continue
    give(`ask by ${rule.name}`, rule.who)
    for (const stage of rule.approvals) giveApproval(`approve by ${rule.name}`, stage)
    for (const stage of rule.extensions?.approvals ?? []) giveApproval(`approve extensions by ${rule.name}`, stage)
    if (rule.emergency !== null) {
      give(`take emergency access by ${rule.name}`, rule.emergency.who)
      give(`review emergency access by ${rule.name}`, rule.emergency.review)
    }
    if (rule.standing !== null) give(`keep standing access by ${rule.name}`, rule.standing.reviewers)
  }
  return powers
}

function changedPowers(before: Powers, after: Powers): RuleSetChanges['powers'] {
  const none: ReadonlySet<string> = new Set()
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((power) => {
    const [then, now] = [before.get(power) ?? none, after.get(power) ?? none]
    const gained = [...now].filter((name) => !then.has(name)).sort()
    const lost = [...then].filter((name) => !now.has(name)).sort()
    return gained.length + lost.length === 0 ? [] : [{ power, gained, lost }]
  })
}

/** The same text for the same content, whatever the order of its keys. */
const stable = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
