import { type Finding, findingsAt, listed } from './finding.ts'
import type { Ask, Standing } from './tier.ts'

/** What is to be said of a role by what it may and may not do. */
export function standingFindings(where: string, { tier, missing, excess }: Standing): readonly Finding[] {
  const { error, warning } = findingsAt(where)
  const template = 'Deploy the template of deploy/aws again'
  return [
    ...(tier === 'read-only'
      ? [error('permissions', 'The role cannot give access to anybody: it may write no policy', `${template}, in the tier that you need.`)]
      : []),
    ...(missing.length > 0
      ? [error('permissions', `The role lacks ${said(missing)}`, `${template}, with the deployment’s id, or allow these.`)]
      : []),
    ...(excess.length > 0
      ? [warning('permissions', `The role may do what Sallyport never does: ${said(excess)}`, `${template}, or take these away.`)]
      : []),
  ]
}

/** Actions by resource, so that a long list stays short. */
function said(asks: readonly Ask[]): string {
  const byResource = new Map<string, string[]>()
  for (const { action, resource } of asks) byResource.set(resource, [...(byResource.get(resource) ?? []), action])
  return listed(
    [...byResource].map(([resource, actions]) => `${listed(actions, 6)} on ${resource}`),
    4,
  )
}
