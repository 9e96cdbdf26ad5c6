import type { PolicyDocuments } from '../../src/policy/document.ts'

/** What is not in the documents and decides all the same: whether conditions hold, what a policy variable stands for. */
export interface Circumstances {
  readonly conditionsHold: boolean
  readonly variable: string
}

interface Statement {
  readonly Effect: string
  readonly Action?: string | string[]
  readonly NotAction?: string | string[]
  readonly Resource?: string | string[]
  readonly NotResource?: string | string[]
  readonly Condition?: unknown
}

/**
 * An evaluator of identity policies that shares nothing with src/policy
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html): Deny wins, then Allow, else no.
 * What is no policy allows nothing.
 */
export function evaluate(
  documents: PolicyDocuments,
  { conditionsHold, variable }: Circumstances,
): (action: string, resource: string) => boolean {
  const inForce = [...documents.values()].flatMap(statementsOf).filter((statement) => conditionsHold || statement.Condition === undefined)
  const rules = inForce.map((statement) => ({
    effect: statement.Effect,
    actions: matcher(statement.Action, statement.NotAction, 'i', variable),
    resources: matcher(statement.Resource, statement.NotResource, '', variable),
  }))
  return (action, resource) => {
    const effects = rules.filter((rule) => rule.actions(action) && rule.resources(resource)).map((rule) => rule.effect)
    return effects.includes('Allow') && !effects.includes('Deny')
  }
}

function statementsOf(document: string): Statement[] {
  try {
    const parsed: { Statement: Statement | Statement[] } = JSON.parse(document)
    return [parsed.Statement].flat().filter((statement) => typeof statement === 'object' && statement !== null)
  } catch {
    return []
  }
}

function matcher(these: string | string[] | undefined, not: string | string[] | undefined, flags: string, variable: string) {
  const patterns = [not ?? these ?? []].flat().map((pattern) => glob(pattern.replaceAll('${aws:username}', variable), flags))
  return (text: string): boolean => patterns.some((pattern) => pattern.test(text)) === (not === undefined)
}

function glob(pattern: string, flags: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, `s${flags}`)
}
