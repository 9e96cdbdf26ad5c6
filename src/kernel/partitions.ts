/** The partitions of AWS and the form of their regions' names, as in the AWS SDK's own table of 3.1169.0. */
export const regionForms = {
  aws: /^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/,
  'aws-cn': /^cn-[a-z]+-\d+$/,
  'aws-us-gov': /^us-gov-[a-z]+-\d+$/,
  'aws-iso': /^us-iso-[a-z]+-\d+$/,
  'aws-iso-b': /^us-isob-[a-z]+-\d+$/,
  'aws-iso-e': /^eu-isoe-[a-z]+-\d+$/,
  'aws-iso-f': /^us-isof-[a-z]+-\d+$/,
  'aws-eusc': /^eusc-de-[a-z]+-\d+$/,
} as const satisfies Readonly<Record<string, RegExp>>

/** The partition that a region is in, by the form of its name; null if there can be no such region. */
export const partitionOfRegion = (region: string): string | null =>
  Object.entries(regionForms).find(([, form]) => form.test(region))?.[0] ?? null
