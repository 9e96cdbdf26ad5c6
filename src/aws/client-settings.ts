import { partitionOfRegion } from '../kernel/partitions.ts'
import type { AwsAccount } from './account.ts'
import { inPlaceOfAws } from './in-place-of-aws.ts'
import { retryStrategy } from './retry.ts'

/** Where AWS is. */
export interface AwsPlace {
  /** Where every service is, in place of AWS's own endpoints; null for AWS. */
  readonly endpoint: string | null
  /** The region that Sallyport is in. */
  readonly region: string
}

/** Of an SDK client, by the region that it calls. */
const settingsIn = (region: string, { endpoint }: AwsPlace) => ({
  region,
  ...(endpoint === null ? {} : inPlaceOfAws(endpoint)),
  retryStrategy,
})

/**
 * Of the clients of an account, by service:
 * - IAM is global in a partition; any of its regions leads the SDK to the one endpoint, and the region that signs for it.
 * - STS is asked in Sallyport's own region, which is known to take Sallyport's identity; a region that has to be enabled
 *   may not. What it gives out there is good in all regions of the partition, unlike what the global endpoint does
 *   (IAM UserGuide, id_credentials_temp_enable-regions.html). In another partition it is asked where the account is.
 * - RDS is asked in the region that is meant, and Identity Center in its home region.
 */
export function clientSettings(account: Pick<AwsAccount, 'partition' | 'regions'>, place: AwsPlace) {
  const home = account.regions[0] ?? place.region
  const isHere = partitionOfRegion(place.region) === account.partition
  return {
    iam: settingsIn(home, place),
    sts: settingsIn(isHere ? place.region : home, place),
    rds: (region: string) => settingsIn(region, place),
    sso: (region: string) => settingsIn(region, place),
  }
}
