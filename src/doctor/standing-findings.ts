import { type Finding, findingsAt, listed } from './finding.ts'
import type { Ask, Standing } from './tier.ts'

/** What is to be said of a role by what it may and may not do. */
export function standingFindings(where: string, { tier, missing, excess, unguardable }: Standing): readonly Finding[] {
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
    ...(unguardable.length > 0
      ? [
          warning(
            'permissions',
            `The role cannot attach the guards of ${listed(unguardable, 4)}: until it can, these are not guarded, and what ends on them is not called ended`,
            `${template}, in the tier any, or in bounded with these named if they carry the boundary; or take them out of \`principals\` and keep them from connecting without Sallyport (docs/security.md, “Guards”).`,
          ),
        ]
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
