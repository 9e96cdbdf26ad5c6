// docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html, "Limitations for IAM database authentication".
const unsupported: ReadonlySet<string> = new Set([
  'aws:referer',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:useragent',
  'aws:vpcsourceip',
])

/** Whether a condition key is one that AWS says IAM database authentication does not have. Capitals do not count. */
export const isUnsupportedKey = (key: string): boolean => unsupported.has(key.toLowerCase())
