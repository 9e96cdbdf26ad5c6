/**
 * The one catalogue of what a caller can be told. `docs/errors.md` lists the same codes, and a test holds
 * the two together. A code is stable; title and remedy are text for people and may be improved.
 */
export const errorCatalogue = {
  // 400: the request could not be read
  malformed_json: { status: 400, title: 'The body is not valid JSON', remedy: 'Send a JSON object, encoded as UTF-8.' },
  invalid_request: {
    status: 400,
    title: 'The request does not fit its schema',
    remedy: 'Correct the fields listed in `errors`; /docs shows the schema.',
  },
  invalid_cursor: {
    status: 400,
    title: 'The cursor is not one that this list gave',
    remedy: 'Pass `nextCursor` on unchanged, or leave it out to start again.',
  },
  invalid_filter: {
    status: 400,
    title: 'The SCIM filter cannot be used',
    remedy: 'Compare known attributes with `eq`, joined by `and` and `or`; docs/scim.md lists them.',
  },
  invalid_path: {
    status: 400,
    title: 'The path of a SCIM operation cannot be read',
    remedy: 'See docs/scim.md for the forms that are taken.',
  },
  invalid_idempotency_key: {
    status: 400,
    title: 'The Idempotency-Key cannot be used',
    remedy: 'Send 1 to 255 printable ASCII characters, for example a UUID.',
  },
  // 401, 403: who is asking
  unauthenticated: {
    status: 401,
    title: 'No valid credential',
    remedy: 'Send `Authorization: Bearer …` with an API key, or a token of a listed issuer that is good now.',
  },
  invalid_signature: {
    status: 401,
    title: 'The delivery is not signed with a secret of its source',
    remedy: 'Give the source the secret that Sallyport has; it signs the body byte for byte.',
  },
  stale_delivery: {
    status: 401,
    title: 'The delivery was signed more than five minutes ago, or ahead',
    remedy: 'Send it anew, signed with the time of now; check the clocks.',
  },
  unknown_person: {
    status: 403,
    title: 'The person acted for is not known',
    remedy: 'Name the id of an active person of the directory in `Sallyport-On-Behalf-Of`.',
  },
  identity_not_linked: {
    status: 403,
    title: 'This login belongs to nobody of the directory',
    remedy: 'Have the operators list it under `identities` of a person in sallyport.yaml.',
  },
  missing_scope: {
    status: 403,
    title: 'The credential lacks a scope',
    remedy: 'Use a key made with that scope (`sallyport keys create --scope …`).',
  },
  person_required: {
    status: 403,
    title: 'A person is needed for this',
    remedy: 'Name the person in `Sallyport-On-Behalf-Of`, with a key that may act for people.',
  },
  not_permitted: { status: 403, title: 'This is not yours to do', remedy: 'Ask someone named in the detail.' },
  self_approval: {
    status: 403,
    title: 'Nobody approves what they asked for or will use',
    remedy: 'Ask another approver; `approvers` of the request lists them.',
  },
  not_an_approver: {
    status: 403,
    title: 'The rules do not make you an approver of this request',
    remedy: 'Ask one of the `approvers` of the request.',
  },
  own_credential_required: {
    status: 403,
    title: 'This takes a credential of your own',
    remedy: 'Call with your own token: an API key that acts for you does not do.',
  },
  not_a_reviewer: {
    status: 403,
    title: 'The rules do not make you a reviewer of this',
    remedy: 'Ask one of `reviewers` of the review.',
  },
  same_credential: {
    status: 403,
    title: 'One credential cannot both ask for and decide a request',
    remedy: 'Decide with another credential, best with the approver’s own.',
  },
  scim_off: { status: 403, title: 'People do not come by SCIM here', remedy: 'The operators must give `scim` in sallyport.yaml.' },
  refused_by_rules: {
    status: 403,
    title: 'No rule allows this',
    remedy: 'Ask for less, or have the rules changed; the detail names the nearest rule.',
  },
  // 404
  review_not_found: { status: 404, title: 'No such review', remedy: 'Check the id; `GET /v1/reviews` lists those that concern you.' },
  route_not_found: { status: 404, title: 'There is nothing at this address', remedy: 'See /docs for the routes.' },
  request_not_found: { status: 404, title: 'No such request', remedy: 'Check the id; GET /v1/requests lists yours.' },
  grant_not_found: { status: 404, title: 'No such grant', remedy: 'Check the id; GET /v1/grants lists yours.' },
  database_not_found: { status: 404, title: 'No such database', remedy: 'Check the id; GET /v1/databases lists them.' },
  account_not_found: { status: 404, title: 'No such AWS account', remedy: 'Check the id; GET /v1/accounts lists them.' },
  audit_event_not_found: { status: 404, title: 'No such audit event', remedy: 'Check the id; GET /v1/audit lists them.' },
  key_not_found: { status: 404, title: 'No such API key', remedy: 'Check its id or name; `sallyport keys list` lists them.' },
  webhook_not_found: { status: 404, title: 'No such webhook', remedy: 'Check the id; GET /v1/webhooks lists them.' },
  delivery_not_found: {
    status: 404,
    title: 'No such delivery',
    remedy: 'Check the ids; the list of the webhook’s deliveries has them for 30 days.',
  },
  ticket_source_not_found: {
    status: 404,
    title: 'No such source of tickets',
    remedy: 'Check the name at the end of the address; `tickets` in sallyport.yaml lists them.',
  },
  // 405, 413, 415, 429
  person_not_found: { status: 404, title: 'No such person', remedy: 'Check the id; GET /v1/people lists them.' },
  scim_not_found: { status: 404, title: 'No such SCIM resource', remedy: 'Look for it with a filter, or create it.' },
  method_not_allowed: { status: 405, title: 'This address does not take that method', remedy: 'See /docs for the routes.' },
  body_too_large: { status: 413, title: 'The body is too large', remedy: 'Send at most 256 KiB.' },
  unsupported_media_type: { status: 415, title: 'The body is not JSON', remedy: 'Send `Content-Type: application/json`.' },
  // 409: the state of things does not allow it
  rules_not_pending: { status: 409, title: 'This rule set does not wait to be confirmed', remedy: 'Read `GET /v1/rules` again.' },
  review_not_open: {
    status: 409,
    title: 'The review is not open',
    remedy: 'Read the review: it has been signed, has lapsed, or opens later.',
  },
  request_decided: { status: 409, title: 'The request has been decided', remedy: 'Make a new request.' },
  already_decided_by_you: { status: 409, title: 'You have already decided this request', remedy: 'Nothing more is needed from you.' },
  not_your_turn: {
    status: 409,
    title: 'The approvals come in order, and others come first',
    remedy: 'Approve again when `stages` of the request shows yours as open; to deny, nobody waits.',
  },
  too_many_comments: { status: 409, title: 'The request has too many comments', remedy: 'Talk about it elsewhere; 100 are kept with it.' },
  grant_ended: { status: 409, title: 'The grant has ended, or is ending', remedy: 'Make a new request if access is still needed.' },
  not_extendable: {
    status: 409,
    title: 'This kind of access is not extended',
    remedy: 'The detail says what to do instead.',
  },
  extension_waits: {
    status: 409,
    title: 'Another extension of the grant comes first',
    remedy: 'Wait for its decision, or withdraw that request, and ask again if it is not enough.',
  },
  principal_replaced: {
    status: 409,
    title: 'The principal was deleted and made again since it was asked for',
    remedy: 'Make a new request: the new principal inherits nothing.',
  },
  quota_exceeded: {
    status: 409,
    title: 'The IAM policy would grow over its quota',
    remedy: 'End grants that are no longer needed, or approve fewer entitlements.',
  },
  key_not_valid: {
    status: 409,
    title: 'The API key is revoked, expired, or its owner has left',
    remedy: 'Make another key; one that has ended stays so.',
  },
  key_name_taken: {
    status: 409,
    title: 'An API key of this name exists',
    remedy: 'Choose another name; a revoked key keeps its own for the audit.',
  },
  webhook_paused: { status: 409, title: 'The webhook is paused', remedy: 'Resume it first; what waits is sent then.' },
  scim_conflict: { status: 409, title: 'Another SCIM resource has this name', remedy: 'Find it with a filter and change that one.' },
  idempotency_in_progress: {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
    remedy: 'Repeat it in a moment.',
  },
  // 422: read and understood, and cannot be done
  idempotency_mismatch: {
    status: 422,
    title: 'This Idempotency-Key was used with another body',
    remedy: 'Use a new key for a new request.',
  },
  invalid_arn: { status: 422, title: 'This is not an ARN of the kind needed', remedy: 'See the detail for what is wrong in it.' },
  invalid_policy: {
    status: 422,
    title: 'This is not an IAM policy that IAM would take',
    remedy: 'Correct the places in the detail; each is a JSON pointer into the document.',
  },
  invalid_db_user: {
    status: 422,
    title: 'This cannot be a database user',
    remedy: 'See the detail for which characters and lengths are possible.',
  },
  invalid_duration: {
    status: 422,
    title: 'The duration cannot be used',
    remedy: 'Send an ISO 8601 duration such as `PT1H`, within the limits of the rule.',
  },
  invalid_start: { status: 422, title: 'The wished start cannot be used', remedy: 'Send a time in the future, as RFC 3339 in UTC.' },
  unknown_database: { status: 422, title: 'The database is not known', remedy: 'GET /v1/databases lists those that can be asked for.' },
  ambiguous_database: {
    status: 422,
    title: 'More than one database has this resource id',
    remedy: 'Name the database by its ARN or its Sallyport id.',
  },
  aurora_member: {
    status: 422,
    title: 'This is an instance of a cluster',
    remedy: 'Ask for the cluster named in the detail: IAM policies know no instances of clusters.',
  },
  unknown_db_user: {
    status: 422,
    title: 'The database has no such user',
    remedy: 'Ask for one that the detail names, or have this one made with the SQL in it and declared in sallyport.yaml.',
  },
  sync_off: {
    status: 422,
    title: 'Databases are not looked for in this account',
    remedy: 'Leave the account out, or take `sync: false` away from it in sallyport.yaml.',
  },
  iam_authentication_off: {
    status: 422,
    title: 'The database does not accept IAM authentication',
    remedy: 'Turn it on with the command in the detail, then ask again.',
  },
  unknown_beneficiary: { status: 422, title: 'The beneficiary is not known', remedy: 'Name the id of an active person of the directory.' },
  unknown_account: { status: 422, title: 'The AWS account is not managed here', remedy: 'Add it under `accounts` in sallyport.yaml.' },
  unknown_principal: { status: 422, title: 'The principal does not exist in its account', remedy: 'Check the ARN, its path included.' },
  unsupported_principal: {
    status: 422,
    title: 'This kind of principal cannot be given access',
    remedy: 'Ask for what the detail names instead.',
  },
  permission_set_not_provisioned: {
    status: 422,
    title: 'The permission set is not in the account of the database',
    remedy: 'Assign somebody to it there in IAM Identity Center, then ask again.',
  },
  unsupported_path: {
    status: 422,
    title: 'Access cannot be given on this path',
    remedy: 'Ask for a principal in the partition of the database.',
  },
  cross_account: {
    status: 422,
    title: 'Principal and database are in different accounts',
    remedy: 'Ask with `path: "access-role"`, if the detail says that the rules allow it.',
  },
  invalid_ticket: {
    status: 422,
    title: 'The payload does not say what is to be read in it',
    remedy: 'Correct `fields` of the source in sallyport.yaml; `sallyport tickets test FILE` shows what is read.',
  },
  invalid_webhook_url: {
    status: 422,
    title: 'Nothing can be sent to this URL',
    remedy: 'Give an https URL of a public address, or have the operators allow its address (SALLYPORT_WEBHOOK_ADDRESSES).',
  },
  approval_widens: {
    status: 422,
    title: 'An approval cannot give more than was asked for',
    remedy: 'Shorten the duration or leave entitlements out, or have a new request made.',
  },
  // 5xx: ours to mend; the caller may try again
  internal_error: {
    status: 500,
    title: 'Something went wrong in Sallyport',
    remedy: 'Tell the operators the request id; it is in the log.',
  },
  database_unavailable: { status: 503, title: 'Postgres cannot be reached', remedy: 'Try again in a moment; nothing has been changed.' },
  aws_unavailable: { status: 503, title: 'AWS cannot be reached', remedy: 'Try again in a moment; nothing has been changed.' },
  aws_denied: {
    status: 503,
    title: 'AWS refuses Sallyport in this account',
    remedy: 'The operators must mend the role that Sallyport assumes there.',
  },
  issuer_unavailable: {
    status: 503,
    title: 'The issuer of the token cannot be reached',
    remedy: 'Try again in a moment; nothing has been changed. An API key works meanwhile.',
  },
  account_not_read: {
    status: 503,
    title: 'Nobody knows yet what the account holds',
    remedy: 'Try again when the worker has swept the account; the detail says what keeps it from that, if anything does.',
  },
  secret_key_missing: {
    status: 503,
    title: 'Sallyport has no key to keep secrets with',
    remedy: 'The operators must set SALLYPORT_SECRET_KEY.',
  },
  not_ready: { status: 503, title: 'Sallyport is not ready', remedy: 'Try again in a moment.' },
} as const satisfies Record<string, { status: number; title: string; remedy: string }>

export type ErrorCode = keyof typeof errorCatalogue

/** One wrong place in what was sent: a JSON pointer (RFC 6901) into the body, or `query/limit`, `header/…`. */
export interface FieldError {
  readonly pointer: string
  readonly detail: string
}

/**
 * An error whose code and detail the caller may see. The cause is for the log only.
 * The detail says what is wrong with this very request; it never holds a secret.
 */
export class SallyportError extends Error {
  readonly code: ErrorCode
  readonly fields: readonly FieldError[]

  constructor(code: ErrorCode, detail: string, options: { readonly fields?: readonly FieldError[]; readonly cause?: unknown } = {}) {
    super(detail, { cause: options.cause })
    this.name = 'SallyportError'
    this.code = code
    this.fields = options.fields ?? []
  }

  get status(): number {
    return errorCatalogue[this.code].status
  }
}

/** Runs a check of one field, and adds to its refusal the pointer of the place that it is about. */
export function inField<T>(pointer: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof SallyportError)) throw error
    throw new SallyportError(error.code, error.message, { fields: [{ pointer, detail: error.message }], cause: error.cause })
  }
}
