/**
 * What of a client's settings sends its calls to one endpoint, whatever the environment and the AWS profile say: the SDK
 * refuses an endpoint of one's own together with the variants for FIPS and IPv6 that those may ask for.
 */
export const inPlaceOfAws = (endpoint: string) => ({ endpoint, useFipsEndpoint: false, useDualstackEndpoint: false })
