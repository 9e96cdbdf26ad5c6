export interface WalkThrough {
  readonly apiUrl: string
  readonly awsUrl: string
  /** True for the stand-in, false for another emulator. */
  readonly ownAws: boolean
  readonly policyName: string
  readonly dataDirectory: string
}

/**
 * What `sallyport dev` prints once everything runs: where it is, and commands that work when pasted, one by one or all
 * at once. They need curl, and Node where a document is to be unpacked. An interactive zsh takes `#` for a command that
 * does not exist and goes on; so what stands behind it must have no quotes, brackets or wildcards.
 */
export function walkThrough({ apiUrl, awsUrl, ownAws, policyName, dataDirectory }: WalkThrough): string {
  const as = (person: string) => `-H 'Authorization: Bearer dev-${person}'`
  const curl = (path: string, person: string, body?: object) =>
    body === undefined
      ? `curl -sS '${apiUrl}${path}' ${as(person)} -w '\\n'`
      : `curl -sS "${apiUrl}${path}" ${as(person)} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}' -w '\\n'`
  const firstId = (prefix: string) => `tee /dev/stderr | grep -o '${prefix}_[0-9a-z]*' | head -n 1`
  const ask = {
    principal: 'arn:aws:iam::123456789012:role/app-reader',
    entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'db_user' }],
    duration: 'PT1H',
    reason: 'Investigate slow invoices',
  }
  const scope =
    "-H 'Authorization: AWS4-HMAC-SHA256 Credential=123456789012/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0'"
  const getPolicy = `Action=GetRolePolicy&Version=2010-05-08&RoleName=app-reader&PolicyName=${policyName}`
  return `
Sallyport runs, on this machine only.

  API            ${apiUrl}    described at ${apiUrl}/docs
  AWS            ${awsUrl}    ${ownAws ? 'a stand-in' : 'your emulator'}; nothing is sent to the real one
  data, rules    ${dataDirectory}    change sallyport.yaml there and start again
  people         dev-developer, dev-developer-2, dev-dba, dev-dba-2, dev-security, dev-admin, dev-auditor:
                 each is a token, and whoever sends it is that person

Paste these into another terminal:

# 1. A developer asks to connect as db_user for an hour, through the role app-reader
REQUEST=$(${curl('/v1/requests', 'developer', ask)} | ${firstId('req')})

# 2. A database administrator approves, and the worker writes the policy
GRANT=$(${curl('/v1/requests/$REQUEST/approve', 'dba', {})} | ${firstId('grt')})

# 3. AWS is asked which policy the role has now
sleep 1; curl -sS ${awsUrl} ${scope} -d '${getPolicy}' | node -p 'decodeURIComponent(require("fs").readFileSync(0, "utf8"))'

# 4. The developer is done early and gives it back, and then line 3 finds no policy any more
${curl('/v1/grants/$GRANT/return', 'developer', {})}

# 5. An auditor reads what happened, newest first
${curl('/v1/audit?limit=20', 'auditor')}

Ctrl-C stops everything; starting again finds the data. LOG_LEVEL=info shows each request.
`
}
