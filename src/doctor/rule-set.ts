import { type Finding, findingsAt } from './finding.ts'

/**
 * Whether the rule set of the file at hand is the one in force, by their hashes. Neither has one where it cannot be read:
 * that is a finding of its own.
 */
export function ruleSetFindings(path: string, atHand: string | null, inForce: string | null): readonly Finding[] {
  if (atHand === null || inForce === null || atHand === inForce) return []
  return [
    findingsAt(path).warning(
      'configuration',
      `Not this file is in force (rule set ${short(atHand)}), but another (${short(inForce)})`,
      'If this one should be, run `sallyport rules activate` with it; if not, deploy the other here too.',
    ),
  ]
}

const short = (hash: string): string => hash.slice(0, 12)
