/** Who signed a call, and for which region and service. */
export interface CredentialScope {
  readonly accessKeyId: string
  readonly region: string
  readonly service: string
}

const SCOPE = /^AWS4-HMAC-SHA256\s+(?:.*,\s*)?Credential=([\w]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request(?:,|$)/

/**
 * Reads the credential scope of a Signature Version 4 `Authorization` header; null when there is none.
 * The signature itself is not checked: the stand-in knows no secrets.
 */
export function credentialScope(authorization: string | null): CredentialScope | null {
  const [, accessKeyId, region, service] = SCOPE.exec(authorization ?? '') ?? []
  return accessKeyId && region && service ? { accessKeyId, region, service } : null
}

const partitionPrefixes = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
] as const

/** The partition that a region lies in. */
export const partitionOf = (region: string): string => partitionPrefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws'
