/** What `sallyport dev` prints once everything runs: where it is, and commands that work when pasted. */
export function walkThrough({ apiUrl, awsUrl, dataDirectory }: { apiUrl: string; awsUrl: string; dataDirectory: string }): string {
  const post = (person: string, path: string, body: string) =>
    `curl -sS -X POST ${apiUrl}${path} -H 'Authorization: Bearer dev-${person}' -H 'Content-Type: application/json' -d '${body}'`
  const ask = JSON.stringify({
    principal: 'arn:aws:iam::123456789012:role/app-reader',
    entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'db_user' }],
    duration: 'PT10M',
    reason: 'Investigate slow invoices',
  })
  return `
Sallyport runs on this machine only.
  API          ${apiUrl}          documentation at ${apiUrl}/docs
  AWS          ${awsUrl}          a stand-in; no call leaves this machine
  data, rules  ${dataDirectory}/           change sallyport.yaml there and start again

You are whoever your token says: dev-developer, dev-developer-2, dev-dba, dev-dba-2, dev-security, dev-admin, dev-auditor.
Paste these one after the other:

# 1. A developer asks to connect as db_user, through the role app-reader, for ten minutes.
REQUEST=$(${post('developer', '/v1/requests', ask)} | tee /dev/stderr | sed -E 's/^\\{"id":"([^"]+)".*/\\1/')

# 2. A database administrator approves; the worker writes the policy.
${post('dba', '/v1/requests/$REQUEST/approve', '{}').replace("'$REQUEST'", '$REQUEST')}

# 3. Where does the access stand?
curl -sS "${apiUrl}/v1/grants?request=$REQUEST" -H 'Authorization: Bearer dev-developer'

# 4. The policy that IAM holds now (the stand-in answers any AWS client).
AWS_ACCESS_KEY_ID=123456789012 AWS_SECRET_ACCESS_KEY=x aws --endpoint-url ${awsUrl} iam list-role-policies --role-name app-reader

# 5. Everything that happened.
curl -sS ${apiUrl}/v1/audit -H 'Authorization: Bearer dev-auditor'

Ctrl-C stops everything; starting again finds the data.
`
}
