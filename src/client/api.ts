// Written by `npm run openapi` out of the routes; changes here are lost.
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Asks nothing else. For the liveness probe of an orchestrator.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can requests be served?
         * @description Postgres answers, its schema is the one expected, and a rule set is active; if not, the detail says which of them fails.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The requests that concern you
         * @description Newest first: those you made, will use, or may decide; all of them for admins, auditors, and programs that act for nobody. Filters narrow each other down. Needs the scope `read`.
         */
        get: operations["listRequests"];
        put?: never;
        /**
         * Ask for access
         * @description Records who asks for which database users, through which principal, for how long and why. Where the rules need no approval, it is approved at once. Needs the scope `ask`.
         */
        post: operations["createRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what asking would come to
         * @description Judges a request without making it: whether the rules allow it, who would be asked, and Sallyport’s policies on the principal before and after. AWS is asked only about what the rules allow. Needs the scope `ask`.
         */
        post: operations["previewRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One request, whole
         * @description With its decisions, who can approve it now, and the grants that it became. Needs the scope `read`.
         */
        get: operations["getRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve, or approve less
         * @description An approval may shorten the duration and leave entitlements out, never widen. When the rules are satisfied, the request becomes grants and the worker writes the policy. Needs the scope `decide`.
         */
        post: operations["approveRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deny
         * @description One denial ends the request. Needs the scope `decide`.
         */
        post: operations["denyRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a request back
         * @description By its requester, while nobody has decided it. Needs the scope `ask`.
         */
        post: operations["withdrawRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say something about a request
         * @description By whoever sees it, before or after it is decided; shown to all who see it. A comment cannot be changed. The audit log has that there is one, and not its text. Needs the scope `ask`.
         */
        post: operations["commentOnRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants/{id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for more time before the end
         * @description By the requester or the beneficiary, where the rule has `extensions`: a request of its own, with the approvals that the rule wants of extensions. Once it is approved the end of the grant moves; until then the grant ends when it did. The answer is the request. Needs the scope `ask`.
         */
        post: operations["extendGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who you are, what you have, and what waits for you
         * @description For a portal’s first page. Any credential may ask who it is; what a person has is told with the scope `read`, and is null without, as for a program that acts for nobody.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The reviews that concern you
         * @description Of emergency access, after it was taken, and of standing access, before it would end. Open ones come first. Reviewers see those that they were asked for, requesters and beneficiaries their own; admins and auditors see all. Needs the scope `read`.
         */
        get: operations["listReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One review
         * @description For those whom it concerns, and whom the rules of now name as its reviewers. Needs the scope `read`.
         */
        get: operations["getReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a review
         * @description By somebody whom the rules of now name as a reviewer; never by requester or beneficiary. Standing access that is kept lasts until its next review; what is `unjustified` or to `end` is taken away at once. Needs the scope `decide`.
         */
        post: operations["signReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The grants that concern you
         * @description Those of requests you made, will use, or may decide; all of them for admins, auditors, and programs that act for nobody. Filters narrow each other down. What you have, and what of it ends next: `beneficiary=me&status=live&order=end`. Needs the scope `read`.
         */
        get: operations["listGrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One grant
         * @description Where it stands in AWS, and what is wrong with it at this moment, if anything is. Needs the scope `read`.
         */
        get: operations["getGrant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants/{id}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How to connect with a grant
         * @description The commands to paste: a token of `aws rds generate-db-auth-token`, then the engine’s own client with TLS verified. Where the grant has a wildcard, say which database and which user. Needs the scope `read`.
         */
        get: operations["getConnectInstructions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a grant away
         * @description By an admin, or an approver of its request, or a program with the scope. New connections are refused once IAM has been written; a token made before lives up to 15 minutes, and an open session stays open. Needs the scope `revoke`.
         */
        post: operations["revokeGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take many grants away at once
         * @description Those of a person, a principal, a database or an account, and those yet to start: all that match the filter, together or not at all. By an admin, or a program with the scope; approvers revoke one by one. What can still be done with open sessions and tokens is said at `revokeGrant`. Needs the scope `revoke`.
         */
        post: operations["revokeGrants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a grant back
         * @description By its requester or beneficiary, who need nobody’s leave for it. Needs the scope `ask`.
         */
        post: operations["returnGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The databases that can be asked for
         * @description Ordered by id. Filters narrow each other down. Needs the scope `read`.
         */
        get: operations["listDatabases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/databases/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One database, by Sallyport’s id, resource id or ARN
         * @description A resource id is unique in a region only; `ambiguous_database` if databases of two regions have it. One that is gone can still be read. `aurora_member` names the cluster of an instance. Needs the scope `read`.
         */
        get: operations["getDatabase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/databases/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How looking for databases went
         * @description For each managed account, by id: when its regions were last looked at, and what came of it. Needs the scope `read`.
         */
        get: operations["getSyncStatus"];
        put?: never;
        /**
         * Look for databases in AWS now
         * @description By an admin, or a program with the scope `sync`. Databases are looked for every quarter of an hour without it. The workers do it, each account and region for itself. Needs the scope `sync`.
         */
        post: operations["syncDatabases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The AWS accounts that Sallyport manages
         * @description Ordered by id. Needs the scope `read`.
         */
        get: operations["listAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One AWS account
         * @description With how its regions were last looked at. One that is no longer declared can still be read. Needs the scope `read`.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The policy that entitlements make
         * @description The smallest IAM policies that let a principal connect with these and nothing else, as they would be written on one that has no others. Nothing is stored, nobody is asked. Needs the scope `read`.
         */
        post: operations["previewPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a policy lets connect to, and what is wrong with it
         * @description Reads any IAM policy, whoever wrote it: what each statement and all together let connect to, with the names of the catalog and the declared database users, and what is wrong, with place and cure. A policy that cannot be read is a finding, not an error. Other policies, boundaries and service control policies are not looked at. Needs the scope `read`.
         */
        post: operations["explainPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who can connect to a database
         * @description All users and roles of the database’s account that can connect, through which grant or which other policy, and those that could let themselves by one call to AWS. It is told from the last complete reading of the account (`asOf`) and from the grants of now. Admins, auditors, and programs that act for nobody see everything; other people see the grants that concern them, and nothing that other policies tell. Needs the scope `read`.
         */
        get: operations["listAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which rule set is in force, and what waits to take its place
         * @description For admins, auditors, those who confirm rule sets, and programs that act for nobody. Needs the scope `read`.
         */
        get: operations["getRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/pending/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring what waits to be confirmed into force
         * @description By a person whom `activation.confirmedBy` of the rules in force names, with a credential of their own, and not by who proposed it. Needs the scope `decide`.
         */
        post: operations["confirmRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All webhooks
         * @description Oldest first; for admins, and programs with the scope `webhooks`. Needs the scope `webhooks`.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Have an endpoint told of what happens
         * @description By an admin, or a program with the scope `webhooks`. Messages are signed as Standard Webhooks has it, with the secret of this answer, which is told once. It hears of everything that its filters let through, whoever it concerns. Needs the scope `webhooks`.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook
         * @description With what keeps messages from it, if anything does. Never its secret. Needs the scope `webhooks`.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description With its deliveries, those that wait included. The audit log keeps what happened. Needs the scope `webhooks`.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change where, or of what, an endpoint is told
         * @description What is left out stays as it is. Whatever waits goes to the new URL. Needs the scope `webhooks`.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the signing secret
         * @description The new secret is in this answer, once. Until `overlap` is over messages have two signatures, by the new and by the one before. Needs the scope `webhooks`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop sending to a webhook
         * @description What happens from then on waits, for 30 days at most, until it is resumed. Needs the scope `webhooks`.
         */
        post: operations["pauseWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send to a paused webhook again
         * @description What waited is sent at once, each with all its attempts before it. What was given up before the pause can be sent once more by `redeliver`. Needs the scope `webhooks`.
         */
        post: operations["resumeWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a ping
         * @description Whatever types the webhook asks for. Read the delivery again to see what came of it. Needs the scope `webhooks`.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent to a webhook, and what waits
         * @description Newest event first, of the last 30 days. Filters narrow each other down. Needs the scope `webhooks`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{delivery}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One message to a webhook
         * @description With all its attempts. Needs the scope `webhooks`.
         */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send one message once more
         * @description Whatever came of it before, under the same `webhook-id`. Needs the scope `webhooks`.
         */
        post: operations["redeliverWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send all once more that was given up
         * @description Of the deliveries of some time or later, those that are `failed`. Needs the scope `webhooks`.
         */
        post: operations["redeliverFailedDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All API keys
         * @description Newest first, those that are good no more included. For admins with a token of their own: no key makes, changes or lists keys, whoever it acts for.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make an API key
         * @description For admins with a token of their own: no key makes, changes or lists keys, whoever it acts for. The token is in this answer, once; Sallyport keeps only its hash.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One API key
         * @description Never its token. For admins with a token of their own: no key makes, changes or lists keys, whoever it acts for.
         */
        get: operations["getKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{ref}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret of an API key
         * @description The new token is in this answer, once. For admins with a token of their own: no key makes, changes or lists keys, whoever it acts for.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{ref}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an API key useless, for good
         * @description Whatever changes something refuses it at once, reads within five seconds. One that was revoked stays as it is. For admins with a token of their own: no key makes, changes or lists keys, whoever it acts for.
         */
        post: operations["revokeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is in the directory
         * @description In the order of their ids, those who have left included. Everybody sees everybody: requests and decisions name them. Needs the scope `read`.
         */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One person
         * @description Also one who has left. Needs the scope `read`.
         */
        get: operations["getPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/tickets/{source}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A webhook of a ticket system
         * @description For Jira, GitHub and others, as `tickets` of sallyport.yaml has them; signed as each of them does it. A delivery that came before is answered as it was, and changes nothing.
         */
        post: operations["receiveTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened, newest first
         * @description Every change of state, decision, refusal of authority, and IAM write. For auditors, admins, and programs with the scope `audit`. Needs the scope `audit`.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One audit event
         * @description As it was recorded; events are never changed. Needs the scope `audit`.
         */
        get: operations["getAuditEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "request.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * request.created: somebody asked
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.request.created"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "request.escalated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * request.escalated: it waited for so long that others are asked too
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.request.escalated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "request.approved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * request.approved: the rules were satisfied and grants were opened
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.request.approved"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "request.denied": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * request.denied: an approver denied
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.request.denied"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "request.withdrawn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * request.withdrawn: the requester took it back, or whom it concerned left
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.request.withdrawn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "request.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * request.expired: nobody decided in time
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.request.expired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "request.commented": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * request.commented: somebody who sees it said something about it; the request has the text
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.request.commented"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "decision.recorded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * decision.recorded: one approver approved or denied
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.decision.recorded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.opened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * grant.opened: an entitlement became a grant
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.grant.opened"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.started": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * grant.started: its start came, and its policy is being written
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.grant.started"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.activated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * grant.activated: IAM holds it, read back and compared
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.grant.activated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.extended": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * grant.extended: it was given more time, by a request of its own
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.grant.extended"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.ends_soon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * grant.ends_soon: its end is near: as long before it as its rule says, once for each end
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.grant.ends_soon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.ending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * grant.ending: it expired, was revoked or returned, or its beneficiary left, and it is being taken away
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.grant.ending"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.ended": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * grant.ended: IAM holds it no more, read back and compared
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.grant.ended"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "grant.emergency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * grant.emergency: somebody took emergency access, which nobody approved
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.grant.emergency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "review.opened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * review.opened: reviewers are asked: of emergency access after it was taken, of standing access before its review is due
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.review.opened"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "review.signed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * review.signed: a reviewer signed
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.review.signed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "review.lapsed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * review.lapsed: there is nothing left to review: standing access ended, by itself or otherwise
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.review.lapsed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "target.attention_raised": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * target.attention_raised: something keeps a target from being right
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.target.attention_raised"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "target.attention_cleared": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * target.attention_cleared: that is over
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.target.attention_cleared"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "rules.activated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * rules.activated: another rule set came into force
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.rules.activated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "rules.proposed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * rules.proposed: a rule set waits to be confirmed; the one in force stays
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.rules.proposed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "rules.taken_back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * rules.taken_back: it waits no more: the operator activated the one in force
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.rules.taken_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.paused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * webhook.paused: nothing is sent to it: somebody asked for that, it failed for three days, or it answered 410
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.webhook.paused"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    ping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * ping: somebody had the endpoint tested
         * @description Sent to each webhook that asks for this type, signed as Standard Webhooks has it. docs/webhooks.md tells how to receive it.
         */
        post: operations["webhook.ping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        AccessItem: {
            /** @description Its unique id is null for an access role, or a permission set, that the last sweep has not seen yet. */
            principal: {
                arn: string;
                /** @enum {string} */
                kind: "role" | "user" | "group";
                uniqueId: string | null;
            };
            /** @description As whom it can connect; empty: it cannot, and could let itself. */
            access: {
                /** @description The database user; `*` and `?` in it: the policies name a pattern. */
                dbUser: string;
                /**
                 * @description `conditional`: it depends on conditions of policies; `blocked`: granted, and a policy or boundary stands against it.
                 * @enum {string}
                 */
                result: "allowed" | "conditional" | "blocked";
                /** @description By a policy that allows every action, or all of rds-db. */
                administrator: boolean;
                /** @description The grants by which it is so. */
                grants: {
                    grant: string;
                    /** @enum {string} */
                    status: "applying" | "active" | "revoking";
                    /** Format: date-time */
                    endsAt: string;
                    standing: boolean;
                    /** @description The ARN of the group through which the user has it; null: it is on the principal itself. */
                    group: string | null;
                }[];
                /** @description The statements that allow it and are nobody’s grant: unmanaged access. */
                policies: {
                    /** @description The name of the policy. */
                    policy: string;
                    /** @description Null: an inline policy. */
                    policyArn: string | null;
                    /** @description The ARN of the group through which the user has it; null: it is on the principal itself. */
                    group: string | null;
                    /** @description The place of the statement in the policy, from 0. */
                    statement: number;
                    sid: string | null;
                    /** @description On what it depends, as in the policy; empty: on nothing. */
                    conditions: string[];
                    /** @description A policy of Sallyport’s that no grant explains; it is being removed. */
                    leftover: boolean;
                }[];
                /** @description The statements that deny it, or may, or on whose conditions it depends. */
                limits: {
                    /** @description It is the permissions boundary’s; the policy is then empty. */
                    boundary: boolean;
                    /** @description The name of the policy. */
                    policy: string;
                    /** @description Null: an inline policy. */
                    policyArn: string | null;
                    /** @description The ARN of the group through which the user has it; null: it is on the principal itself. */
                    group: string | null;
                    /** @description The place of the statement in the policy, from 0. */
                    statement: number;
                    sid: string | null;
                    /** @enum {string} */
                    effect: "Allow" | "Deny";
                    /** @description On what it depends, as in the policy; empty: on nothing. */
                    conditions: string[];
                }[];
            }[];
            /** @description Single calls to AWS by which it could come to connect. */
            couldObtain: {
                /** @example iam:PutRolePolicy */
                action: string;
                /** @description The ARN that the call is about. */
                on: string;
                conditional: boolean;
            }[];
            /** @description Who can use the principal; null if you see grants only, or nobody has read it yet. */
            sharedWith: components["schemas"]["SharedWith"] | null;
        };
        AccessReport: {
            database: {
                id: string;
                resourceId: string;
                identifier: string;
                account: string;
                region: string;
            };
            dbUser: string | null;
            /**
             * Format: date-time
             * @description When the account was read; grants are as of now.
             */
            asOf: string;
            /** @description The last try to read the account, and what kept it from its end. */
            sweep: {
                /** Format: date-time */
                triedAt: string;
                attention: {
                    code: string;
                    message: string;
                    /** Format: date-time */
                    since: string;
                    attempts: number;
                } | null;
            };
            /** @enum {string} */
            shows: "everything" | "own grants";
            /** @description What could narrow or widen access and is not looked at. */
            notChecked: string[];
            /** @description The principals of the account that can connect only to what they are granted themselves; empty if you see grants only. */
            guarded: string[];
            items: components["schemas"]["AccessItem"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        Account: {
            /** @example 123456789012 */
            id: string;
            /** @example shop */
            name: string;
            /** @example aws */
            partition: string;
            /**
             * @example [
             *       "us-east-2"
             *     ]
             */
            regions: string[];
            /** @description False: it is no longer declared, and nothing there can be asked for. */
            active: boolean;
            /** @description How many can be asked for. */
            databases: {
                clusters: number;
                instances: number;
                proxies: number;
            };
            /** @description The principals that may connect only to what they have been granted, whatever other policies allow them. */
            guards: {
                /**
                 * @description Its ARN, as in sallyport.yaml.
                 * @example arn:aws:iam::123456789012:user/jane_doe
                 */
                principal: string;
                /**
                 * @description `pending`: the account has yet to be read, or the guard to be written; `missing`: the account has no such principal.
                 * @enum {string}
                 */
                state: "pending" | "in_place" | "missing";
                /** @description What keeps the principal’s policies from being right. */
                attention: {
                    code: string;
                    message: string;
                } | null;
            }[];
            sync: components["schemas"]["AccountSync"];
            links: {
                self: string;
                databases: string;
            };
        };
        AccountPage: {
            items: components["schemas"]["Account"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        AccountSync: {
            /** @description Whether databases are looked for in AWS; otherwise there are only those declared. */
            enabled: boolean;
            /** @description When they will be looked for again; null if they are not. */
            nextAt: string | null;
            regions: {
                /** @example us-east-2 */
                region: string;
                /** @description When the last look ended; null before the first. */
                at: string | null;
                /** @description Whether it read everything. What was not read stays as it was known. */
                complete: boolean;
                /** @description When one last read everything. */
                completeAt: string | null;
                error: {
                    /** @enum {string} */
                    code: "aws_denied" | "region_disabled" | "aws_throttled" | "aws_unavailable" | "aws_failed" | "calls_spent" | "wrong_account";
                    /** @description What is wrong, and what mends it. */
                    message: string;
                } | null;
                /** @description What the last look found that read clusters and instances, and what was new about it. */
                counts: {
                    clusters: number;
                    instances: number;
                    proxies: number;
                    /** @description How many were new. */
                    found: number;
                    changed: number;
                    gone: number;
                    returned: number;
                } | null;
            }[];
        };
        ApiKey: {
            /** @example key_01kazv5vb4pex5vsknk084sn02 */
            id: string;
            name: string;
            scopes: ("read" | "ask" | "decide" | "revoke" | "audit" | "sync" | "webhooks" | "scim")[];
            owner: string | null;
            decideGroups: string[];
            /**
             * @description `ownerless`: the person it belongs to has left the directory. Only a valid one is taken.
             * @enum {string}
             */
            state: "valid" | "expired" | "revoked" | "ownerless";
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            createdAt: string;
            /** @description Null: until it is revoked. */
            expiresAt: string | null;
            revokedAt: string | null;
            /** @description When it got the secret that it has. */
            rotatedAt: string | null;
            /** @description Until when the secret before is good, too. */
            previousUntil: string | null;
            /** @description To the minute; null: never. */
            lastUsedAt: string | null;
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKey"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        ApiKeyWithToken: {
            /** @example key_01kazv5vb4pex5vsknk084sn02 */
            id: string;
            name: string;
            scopes: ("read" | "ask" | "decide" | "revoke" | "audit" | "sync" | "webhooks" | "scim")[];
            owner: string | null;
            decideGroups: string[];
            /**
             * @description `ownerless`: the person it belongs to has left the directory. Only a valid one is taken.
             * @enum {string}
             */
            state: "valid" | "expired" | "revoked" | "ownerless";
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            createdAt: string;
            /** @description Null: until it is revoked. */
            expiresAt: string | null;
            revokedAt: string | null;
            /** @description When it got the secret that it has. */
            rotatedAt: string | null;
            /** @description Until when the secret before is good, too. */
            previousUntil: string | null;
            /** @description To the minute; null: never. */
            lastUsedAt: string | null;
            /** @description What programs send as `Authorization: Bearer …`. Told once: a repeat of the call has null. */
            token: string | null;
        };
        ApprovalStage: {
            /** @description Who is asked now. */
            from: {
                groups: string[];
                people: string[];
            };
            count: number;
            /** @description Stages of the same turn are at once; those of a lower one come first. */
            turn: number;
            /**
             * @description `open`: it is its turn; `later`: others come first.
             * @enum {string}
             */
            state: "complete" | "open" | "later";
            /** @description Whose approval fills a place of it. */
            filledBy: string[];
            /** @description Who could fill a place of it: now, or when its turn comes. */
            approvers: string[];
            /** @description Who may fill its places too once it has waited for so long; null: nobody. */
            escalation: {
                to: {
                    groups: string[];
                    people: string[];
                };
                /** @description For how long it waits for others first, since its turn came. */
                after: string;
                /** @description When that is over; null: its turn has not come. Of a preview, if it were asked for now. */
                at: string | null;
                /** @description Whether they are asked by now: then `from` has them too. */
                asked: boolean;
            } | null;
        };
        Approve: {
            /**
             * @description Shorter than what was asked for; the whole unless given.
             * @default null
             */
            duration?: string | null;
            /**
             * @description Those to keep; all unless given.
             * @default null
             */
            entitlements?: {
                database: string | components["schemas"]["DatabaseSelectorInput"];
                /**
                 * @description A user name inside the database; case matters. `*`: every user, those made later too.
                 * @example db_user
                 */
                dbUser: string;
            }[] | null;
            /**
             * @description Kept with the decision and in the audit log.
             * @default null
             */
            comment?: string | null;
        };
        AskForAccess: {
            /**
             * @description The ARN of the IAM role, user or group that is to connect, or of a permission set of IAM Identity Center. With `path: "access-role"` a role or user of any account, or a role of Identity Center.
             * @example arn:aws:iam::123456789012:role/app-reader
             */
            principal: string;
            /** @description Which database users of which databases. */
            entitlements: {
                database: string | components["schemas"]["DatabaseSelectorInput"];
                /**
                 * @description A user name inside the database; case matters. `*`: every user, those made later too.
                 * @example db_user
                 */
                dbUser: string;
            }[];
            /**
             * @description Who will use it; the requester unless given.
             * @default null
             * @example null
             */
            beneficiary?: string | null;
            /**
             * @description `direct`: a policy on the principal itself. `access-role`: a role in the account of the database, made for the principal, which it assumes first.
             * @default direct
             * @enum {string}
             */
            path?: "direct" | "access-role";
            /** @description How long the access lasts; the default of the rule unless given. Null: without an end, under a rule with `standing`; unreviewed, it ends. */
            duration?: string | null;
            /**
             * @description Access at once without approval, under a rule with `emergency`: named people are told of it, and it is reviewed afterwards.
             * @default false
             */
            emergency?: boolean;
            /**
             * @description When it should start, if later than the approval.
             * @default null
             * @example null
             */
            startsAt?: string | null;
            /**
             * @description Why it is needed; approvers and the audit log see it.
             * @example Investigate slow invoices
             */
            reason: string;
            /**
             * @default null
             * @example {
             *       "system": "jira",
             *       "key": "OPS-17",
             *       "url": "https://tickets.example.com/OPS-17"
             *     }
             */
            ticket?: {
                system: string;
                key: string;
                /** Format: uri */
                url?: string;
            } | null;
        };
        AuditEvent: {
            /** @example evt_01kazv5vb4pex5vsknk084sn02 */
            id: string;
            /** @description Grows with the order of recording; a gap is a transaction that came to nothing. */
            seq: number;
            /** Format: date-time */
            at: string;
            /**
             * @description `request.created`: somebody asked; `decision.recorded`: one approver approved or denied; `request.escalated`: it waited for so long that others are asked too; `request.approved`: the rules were satisfied and grants were opened; `request.denied`: an approver denied; `request.withdrawn`: the requester took it back, or whom it concerned left; `request.expired`: nobody decided in time; `request.commented`: somebody who sees it said something about it; the request has the text; `request.database_matched`: a database came to match what was asked for by tags or as a whole region, and was judged; `grant.opened`: an entitlement became a grant; `grant.emergency`: somebody took emergency access, which nobody approved; `grant.extended`: it was given more time, by a request of its own; `grant.kept`: a reviewer kept standing access, until its next review; `review.opened`: reviewers are asked: of emergency access after it was taken, of standing access before its review is due; `review.signed`: a reviewer signed; `review.lapsed`: there is nothing left to review: standing access ended, by itself or otherwise; `grant.started`: its start came, and its policy is being written; `grant.activated`: IAM holds it, read back and compared; `grant.ends_soon`: its end is near: as long before it as its rule says, once for each end; `grant.ending`: it expired, was revoked or returned, or its beneficiary left, and it is being taken away; `grant.ended`: IAM holds it no more, read back and compared; `iam.write.intended`: a call that changes IAM is about to be sent; `iam.write.accepted`: AWS has begun with it, and goes on after its answer; `iam.write.done`: it took effect; `iam.write.failed`: it took no effect; `iam.write.unknown`: its answer was lost; reading back will tell; `target.attention_raised`: something keeps a target from being right; `target.attention_cleared`: that is over; `target.drift_found`: somebody else changed a policy or access role of Sallyport’s; `target.orphan_found`: a policy of Sallyport’s was found that no grant explains; `target.guarded`: a principal may from now on connect only to what it has been granted; `target.unguarded`: that is over: sallyport.yaml no longer says so, or the principal was deleted; `target.changed_hands`: a worker took over from one that fell silent; `database.found`: AWS has a database that was not known; `database.changed`: what AWS says of a database is not what it was; `database.gone`: AWS has a database no longer, and it is not declared; `database.returned`: a database that was gone is there again; `catalog.sync_asked`: somebody had databases looked for at once; `authority.refused`: somebody tried what is not theirs to do; `rules.activated`: another rule set came into force; `rules.proposed`: a rule set waits to be confirmed; the one in force stays; `rules.taken_back`: it waits no more: the operator activated the one in force; `identity.linked`: a login at an issuer became somebody’s; `identity.unlinked`: a login is theirs no more, by another rule set; `identity.groups_changed`: a token says other groups of its person than the one before; `person.left`: somebody is in the directory no more: what waits for them is withdrawn, and what they were granted ends; `person.returned`: somebody who had left is in the directory again, and got nothing back; `scim.user_created`: an identity provider has pushed a user; `scim.user_changed`: it says something else of a user; `scim.user_deleted`: it has deleted a user; `scim.group_created`: an identity provider has pushed a group; `scim.group_changed`: a group has another name or other members; `scim.group_deleted`: it has deleted a group; `key.created`: an API key was made; `key.rotated`: an API key got another secret; the one before stays good for the overlap; `key.revoked`: an API key was revoked; `webhook.created`: an endpoint is told of events from now on; `webhook.changed`: where, or of what, it is told was changed; `webhook.deleted`: it is told no more, and its deliveries are forgotten; `webhook.secret_rotated`: it got another signing secret; `webhook.tested`: somebody had a `ping` sent to it; `webhook.redelivered`: somebody had deliveries sent once more; `webhook.paused`: nothing is sent to it: somebody asked for that, it failed for three days, or it answered 410; `webhook.resumed`: what waited is sent; `ticket.refused`: what a ticket asked for, or somebody said in it, was refused; the ticket is told
             * @enum {string}
             */
            type: "request.created" | "decision.recorded" | "request.escalated" | "request.approved" | "request.denied" | "request.withdrawn" | "request.expired" | "request.commented" | "request.database_matched" | "grant.opened" | "grant.emergency" | "grant.extended" | "grant.kept" | "review.opened" | "review.signed" | "review.lapsed" | "grant.started" | "grant.activated" | "grant.ends_soon" | "grant.ending" | "grant.ended" | "iam.write.intended" | "iam.write.accepted" | "iam.write.done" | "iam.write.failed" | "iam.write.unknown" | "target.attention_raised" | "target.attention_cleared" | "target.drift_found" | "target.orphan_found" | "target.guarded" | "target.unguarded" | "target.changed_hands" | "database.found" | "database.changed" | "database.gone" | "database.returned" | "catalog.sync_asked" | "authority.refused" | "rules.activated" | "rules.proposed" | "rules.taken_back" | "identity.linked" | "identity.unlinked" | "identity.groups_changed" | "person.left" | "person.returned" | "scim.user_created" | "scim.user_changed" | "scim.user_deleted" | "scim.group_created" | "scim.group_changed" | "scim.group_deleted" | "key.created" | "key.rotated" | "key.revoked" | "webhook.created" | "webhook.changed" | "webhook.deleted" | "webhook.secret_rotated" | "webhook.tested" | "webhook.redelivered" | "webhook.paused" | "webhook.resumed" | "ticket.refused";
            /** @description Of the payload’s shape. */
            version: number;
            actor: {
                /** @enum {string} */
                kind: "person" | "service" | "system";
                person: string | null;
                /** @description The id of the credential used, never the credential. */
                credential: string;
                /** @description Through which caller. */
                via: string;
            };
            request: string | null;
            grant: string | null;
            target: string | null;
            /** @description What happened; where a state changed, `before` and `after`. */
            payload: {
                [key: string]: unknown;
            };
        };
        AuditEventPage: {
            items: components["schemas"]["AuditEvent"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        ConfirmRuleSet: {
            /**
             * @description Of the rule set that you have read: another one that came in its place is not confirmed.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            hash: string;
        };
        ConnectInstructions: {
            host: string;
            port: number;
            user: string;
            region: string;
            tls: {
                /** @constant */
                required: true;
                /** @description Null: the system’s own trust store. */
                caBundle: string | null;
            };
            /** @description The role to assume first; null: the principal connects as itself. */
            assume: {
                /** @description The ARN of the access role. */
                role: string;
                /** @description What the principal’s own policies must allow, to be written by somebody who may; null: nothing is missing. */
                policy: string | null;
            } | null;
            /** @description Where the person signs in through Identity Center; null: the principal is no permission set. */
            sso: {
                account: string;
                /** @description Its name. */
                permissionSet: string;
            } | null;
            steps: {
                title: string;
                /** @description For a POSIX shell. */
                command: string;
            }[];
            notes: string[];
        };
        Database: {
            /**
             * @description Sallyport’s own id of it.
             * @example dbs_01kazv5vb4pex5vsknk084sn02
             */
            id: string;
            /**
             * @description The AWS account it is in.
             * @example 123456789012
             */
            account: string;
            /** @example aws */
            partition: string;
            /** @example us-east-2 */
            region: string;
            /** @enum {string} */
            kind: "cluster" | "instance" | "proxy";
            /**
             * @description What policies name it by; it never changes.
             * @example cluster-ABCDEFGHIJKL01234
             */
            resourceId: string;
            /**
             * @description Its name in RDS; for a proxy its resource id.
             * @example orders
             */
            identifier: string;
            /** @example arn:aws:rds:us-east-2:123456789012:cluster:orders */
            arn: string;
            /** @example aurora-postgresql */
            engine: string;
            /**
             * @description As AWS has it; null for a proxy, and for one that is only declared.
             * @example 16.4
             */
            engineVersion: string | null;
            /** @example orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com */
            host: string;
            /** @example 5432 */
            port: number;
            /** @description Whether it accepts IAM authentication; only then can it be asked for. */
            iamAuthentication: boolean;
            /**
             * @example {
             *       "environment": "production"
             *     }
             */
            tags: {
                [key: string]: string;
            };
            /** @description Every address that AWS has for it. */
            endpoints: {
                /** @enum {string} */
                kind: "writer" | "reader" | "custom" | "instance" | "proxy";
                /** @example orders.cluster-cabcdefghijk.us-east-2.rds.amazonaws.com */
                host: string;
            }[];
            /** @description The instances of a cluster. They cannot be asked for: IAM policies name the cluster. */
            members: {
                /** @example db-ABCDEFGHIJKL01234 */
                resourceId: string;
                /** @example orders-1 */
                identifier: string;
                /** @example arn:aws:rds:us-east-2:123456789012:db:orders-1 */
                arn: string;
            }[];
            /** @description Whether sallyport.yaml has it. */
            declared: boolean;
            /** @description Whether AWS had it when it was last looked for. */
            found: boolean;
            /**
             * @description Since when it is neither declared nor found, and cannot be asked for; null while it is.
             * @example null
             */
            goneAt: string | null;
            links: {
                /** @example /v1/databases/dbs_01kazv5vb4pex5vsknk084sn02 */
                self: string;
            };
        };
        DatabasePage: {
            items: components["schemas"]["Database"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        DatabaseSelector: {
            /**
             * @description The account of the databases; that of the principal unless given.
             * @default null
             * @example null
             */
            account: string | null;
            /** @example us-east-2 */
            region: string;
            /**
             * @description Those that have all of these tags now, one entitlement each; null: every database of the region, those made later too.
             * @default null
             */
            tags: {
                [key: string]: string;
            } | null;
        };
        DatabaseSelectorInput: {
            /**
             * @description The account of the databases; that of the principal unless given.
             * @default null
             * @example null
             */
            account?: string | null;
            /** @example us-east-2 */
            region: string;
            /**
             * @description Those that have all of these tags now, one entitlement each; null: every database of the region, those made later too.
             * @default null
             */
            tags?: {
                [key: string]: string;
            } | null;
        };
        Deny: {
            /**
             * @description Kept with the decision and in the audit log.
             * @default null
             */
            comment?: string | null;
        };
        EndingGrant: {
            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
            id: string;
            /** @enum {string} */
            status: "scheduled" | "applying" | "active" | "revoking" | "ended";
            endReason: ("expired" | "revoked" | "returned" | "rules_changed" | "ticket_closed" | "unreviewed" | "reviewed" | "left") | null;
            /** @description The request that was approved. */
            request: string;
            /** @description The ARN of the principal that can connect. */
            principal: string;
            /** @description The unique id it is pinned by, or of a permission set that part of its ARN: one made again under the same name inherits nothing. Null: its account is not managed here. */
            principalUniqueId: string | null;
            /** @description The ARN of the role that the principal assumes first; null: it connects as itself. */
            accessRole: string | null;
            /** @description Whether the principal is denied to connect to anything but what it is granted. */
            guarded: boolean;
            /** @description Null: every database of the region that `resource` names. */
            database: {
                id: string;
                resourceId: string;
                identifier: string;
                account: string;
                region: string;
                engine: string;
            } | null;
            /** @description `*`: every user. */
            dbUser: string;
            /** @description Since when, and why, it is granted though the request did not name it: it came to have the tags later. Null: it was named. */
            joined: {
                /** Format: date-time */
                at: string;
                rule: string;
                detail: string;
            } | null;
            /** @description The ARN in the policy: `arn:aws:rds-db:region:account:dbuser:resource-id/db-user`; either of the last two may be `*`. */
            resource: string;
            requester: string;
            beneficiary: string;
            /** @description ISO 8601; null: standing access, until nobody keeps it. */
            duration: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startsAt: string;
            /**
             * Format: date-time
             * @description Of standing access, when its next review is due.
             */
            endsAt: string;
            /** @description Whether it has no end of its own: it ends at `endsAt` unless a reviewer keeps it by then (`GET /v1/reviews`). */
            standing: boolean;
            /** @description When those concerned are told that it ends soon (`grant.ends_soon`); null: never, as it is short, or standing access. */
            notifyAt: string | null;
            /** @description When IAM was first seen to hold it. */
            activeAt: string | null;
            revokingAt: string | null;
            /** @description When IAM was seen without it. */
            endedAt: string | null;
            attention: {
                /** @description What kind of trouble. */
                code: string;
                /** @description The trouble in words, and what mends it. */
                message: string;
                /** Format: date-time */
                since: string;
                /** @description How often it has been tried; Sallyport never stops trying. 0: there is nothing to try. */
                attempts: number;
            } | null;
            /** @description How to ask for the database that has the name of this one now; null unless `attention` is `database_replaced`. */
            askAgain: {
                /** @constant */
                href: "/v1/requests";
                /** @description To be POSTed there; the reason is yours to change. */
                body: {
                    principal: string;
                    beneficiary: string;
                    entitlements: {
                        database: string;
                        dbUser: string;
                    }[];
                    reason: string;
                };
            } | null;
            links: {
                self: string;
                request: string;
                connect: string;
            };
            /** @description That the principal can connect without it too, as the last reading of its account shows. */
            warnings: components["schemas"]["UnmanagedAccessWarning"][];
        };
        ExplainPolicy: {
            /**
             * @description Any IAM policy of a user, group, role or permission set, as an object or as its text.
             * @example {
             *       "Version": "2012-10-17",
             *       "Statement": [
             *         {
             *           "Effect": "Allow",
             *           "Action": "rds-db:connect",
             *           "Resource": "arn:aws:rds-db:us-east-2:123456789012:dbuser:*\/jane_doe"
             *         }
             *       ]
             *     }
             */
            policy: string | {
                [key: string]: unknown;
            };
            /**
             * @description Where the policy is to stand: it lets nobody connect in another.
             * @example 123456789012
             */
            account?: string;
        };
        ExtendGrant: {
            /**
             * @description By how much; the default of the rule unless given.
             * @example PT1H
             */
            duration?: string;
            /**
             * @description Why it is needed; approvers and the audit log see it.
             * @example Investigate slow invoices
             */
            reason: string;
            /** @description That of the request that it extends unless given; null: none. */
            ticket?: {
                system: string;
                key: string;
                /** Format: uri */
                url?: string;
            } | null;
        };
        Grant: {
            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
            id: string;
            /** @enum {string} */
            status: "scheduled" | "applying" | "active" | "revoking" | "ended";
            endReason: ("expired" | "revoked" | "returned" | "rules_changed" | "ticket_closed" | "unreviewed" | "reviewed" | "left") | null;
            /** @description The request that was approved. */
            request: string;
            /** @description The ARN of the principal that can connect. */
            principal: string;
            /** @description The unique id it is pinned by, or of a permission set that part of its ARN: one made again under the same name inherits nothing. Null: its account is not managed here. */
            principalUniqueId: string | null;
            /** @description The ARN of the role that the principal assumes first; null: it connects as itself. */
            accessRole: string | null;
            /** @description Whether the principal is denied to connect to anything but what it is granted. */
            guarded: boolean;
            /** @description Null: every database of the region that `resource` names. */
            database: {
                id: string;
                resourceId: string;
                identifier: string;
                account: string;
                region: string;
                engine: string;
            } | null;
            /** @description `*`: every user. */
            dbUser: string;
            /** @description Since when, and why, it is granted though the request did not name it: it came to have the tags later. Null: it was named. */
            joined: {
                /** Format: date-time */
                at: string;
                rule: string;
                detail: string;
            } | null;
            /** @description The ARN in the policy: `arn:aws:rds-db:region:account:dbuser:resource-id/db-user`; either of the last two may be `*`. */
            resource: string;
            requester: string;
            beneficiary: string;
            /** @description ISO 8601; null: standing access, until nobody keeps it. */
            duration: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startsAt: string;
            /**
             * Format: date-time
             * @description Of standing access, when its next review is due.
             */
            endsAt: string;
            /** @description Whether it has no end of its own: it ends at `endsAt` unless a reviewer keeps it by then (`GET /v1/reviews`). */
            standing: boolean;
            /** @description When those concerned are told that it ends soon (`grant.ends_soon`); null: never, as it is short, or standing access. */
            notifyAt: string | null;
            /** @description When IAM was first seen to hold it. */
            activeAt: string | null;
            revokingAt: string | null;
            /** @description When IAM was seen without it. */
            endedAt: string | null;
            attention: {
                /** @description What kind of trouble. */
                code: string;
                /** @description The trouble in words, and what mends it. */
                message: string;
                /** Format: date-time */
                since: string;
                /** @description How often it has been tried; Sallyport never stops trying. 0: there is nothing to try. */
                attempts: number;
            } | null;
            /** @description How to ask for the database that has the name of this one now; null unless `attention` is `database_replaced`. */
            askAgain: {
                /** @constant */
                href: "/v1/requests";
                /** @description To be POSTed there; the reason is yours to change. */
                body: {
                    principal: string;
                    beneficiary: string;
                    entitlements: {
                        database: string;
                        dbUser: string;
                    }[];
                    reason: string;
                };
            } | null;
            links: {
                self: string;
                request: string;
                connect: string;
            };
        };
        GrantPage: {
            items: components["schemas"]["Grant"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        Me: {
            /** @description As the directory has you; null: a program that acts for nobody. */
            person: {
                id: string;
                username: string;
                name: string;
                groups: string[];
            } | null;
            admin: boolean;
            auditor: boolean;
            credential: {
                /** @enum {string} */
                kind: "key" | "token" | "dev";
                /** @description Its id, as the audit log has it; never the credential. */
                id: string;
                /** @description The name of the key, or the program that the token was made for. */
                via: string;
                /** @description What it may be used for, for this person. */
                scopes: ("read" | "ask" | "decide" | "revoke" | "audit" | "sync" | "webhooks" | "scim")[];
                /** @description When it ends by itself; null: it does not. */
                until: string | null;
            };
            /** @description What you have and will have, soonest end first: `GET /v1/grants?beneficiary=me&status=live&order=end` has the pages after. */
            grants: {
                items: components["schemas"]["Grant"][];
                /** @description Pass it as `cursor` to get the next page; null on the last page. */
                nextCursor: string | null;
            } | null;
            /** @description What of that is in force and ends next. */
            endsNext: {
                grant: string;
                /**
                 * Format: date-time
                 * @example 2026-11-24T12:00:00.000Z
                 */
                at: string;
            } | null;
            /** @description What waits for a decision of yours: `GET /v1/requests?approver=me`. */
            toDecide: components["schemas"]["RequestPage"] | null;
            /** @description What waits for your signature: `GET /v1/reviews?reviewer=me`. */
            toReview: components["schemas"]["ReviewPage"] | null;
            /** @description What you asked for or will use, and nobody has decided: `GET /v1/requests?person=me&status=pending`. */
            asked: components["schemas"]["RequestPage"] | null;
        };
        PackedPolicy: {
            name: string;
            /** @enum {string} */
            kind: "inline" | "managed";
            /** @description The exact text that is written to IAM. */
            document: string;
            /** @description As IAM counts them: without white space. */
            characters: number;
        };
        Person: {
            /**
             * @description Never given to another person.
             * @example developer
             */
            id: string;
            /** @description What `${person.username}` stands for in the rules. */
            username: string;
            name: string;
            /** @description By sallyport.yaml, by SCIM and by what their tokens say; none once they have left. */
            groups: string[];
            /** @description False: they have left, and are kept because requests and grants name them. */
            active: boolean;
            /** @description Who names them now. */
            sources: ("file" | "scim")[];
            /** @description Their logins; null unless an admin asks. */
            identities: {
                issuer: string;
                subject: string;
            }[] | null;
        };
        PersonPage: {
            items: components["schemas"]["Person"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        PlannedPolicy: {
            name: string;
            /** @enum {string} */
            kind: "inline" | "managed";
            /** @description The exact text that is written to IAM. */
            document: string;
            /** @description As IAM counts them: without white space. */
            characters: number;
            /** @description The ARN of the role, user, group or permission set that it is on. */
            entity: string;
        };
        PolicyAccess: {
            /**
             * @description As it stands in the policy.
             * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:*\/jane_doe
             */
            resource: string;
            /** @description One, or a pattern of several; null if the resource names none, and any matches. */
            dbUser: string | null;
            /** @description Whether it can match more than one database; those to come join by themselves. */
            open: boolean;
            /** @description What of the catalog it matches; null if that was not looked up, because the policy has too many patterns. */
            today: components["schemas"]["PolicyReach"] | null;
            /**
             * @description `partly`: a Deny or NotResource leaves out some of the pattern. `conditional`: it depends on conditions or variables.
             * @enum {string}
             */
            result: "allowed" | "partly" | "conditional" | "denied";
            /** @description The statements, as JSON pointers. */
            allowedBy: string[];
            deniedBy: string[];
            words: string;
        };
        PolicyExplanation: {
            findings: components["schemas"]["PolicyFinding"][];
            /** @description Each by itself; none if the policy cannot be read, or is too long for IAM. */
            statements: components["schemas"]["PolicyStatement"][];
            /** @description What they allow together, a resource at a time. */
            access: components["schemas"]["PolicyAccess"][];
            /** @description The same in sentences. */
            words: string[];
        };
        PolicyFinding: {
            /**
             * @description Stable; docs/policies.md lists them.
             * @example rds_action
             */
            code: string;
            /**
             * @description `error`: it does something else than it says, mostly nothing. `warning`: it does it, and perhaps should not.
             * @enum {string}
             */
            severity: "error" | "warning";
            /**
             * @description A JSON pointer into the policy; empty for the whole of it.
             * @example /Statement/0/Action/0
             */
            pointer: string;
            /** @description What is wrong with this very text. */
            detail: string;
            cure: string;
            /**
             * @description The text to put at `pointer`, where one alone is right.
             * @example rds-db:connect
             */
            corrected: string | null;
        };
        PolicyPreview: {
            policies: components["schemas"]["PackedPolicy"][];
        };
        PolicyReach: {
            /** @description How many databases. */
            count: number;
            /** @description The first hundred of them. */
            databases: {
                /** @example aws */
                partition: string;
                /** @example us-east-2 */
                region: string;
                /** @example 123456789012 */
                account: string;
                /** @enum {string} */
                kind: "cluster" | "instance" | "proxy";
                /** @example cluster-ABCDEFGHIJKL01234 */
                resourceId: string;
                /** @example orders */
                identifier: string;
            }[];
            /**
             * @description The declared database users that match there; null if some of the databases have none declared.
             * @example null
             */
            dbUsers: string[] | null;
        };
        PolicyStatement: {
            /**
             * @description A JSON pointer into the policy; empty for the whole of it.
             * @example /Statement/0/Action/0
             */
            pointer: string;
            /** @example null */
            sid: string | null;
            /** @enum {string} */
            effect: "Allow" | "Deny";
            /** @description Whether it lets or forbids anybody to connect to anything. */
            aboutConnecting: boolean;
            /** @description `resources` are those of NotResource: it is about all the others. */
            everythingElse: boolean;
            resources: {
                /**
                 * @description A JSON pointer into the policy; empty for the whole of it.
                 * @example /Statement/0/Action/0
                 */
                pointer: string;
                /**
                 * @description As it stands in the policy.
                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:*\/jane_doe
                 */
                resource: string;
                /** @description One, or a pattern of several; null if the resource names none, and any matches. */
                dbUser: string | null;
                /** @description Whether it can match more than one database; those to come join by themselves. */
                open: boolean;
                /** @description What of the catalog it matches; null if that was not looked up, because the policy has too many patterns. */
                today: components["schemas"]["PolicyReach"] | null;
            }[];
            conditions: {
                /**
                 * @description A JSON pointer into the policy; empty for the whole of it.
                 * @example /Statement/0/Action/0
                 */
                pointer: string;
                /** @example StringEquals */
                operator: string;
                /** @example aws:PrincipalTag/team */
                key: string;
                values: string[];
                /** @description Whether `rds-db:connect` has this key. */
                supported: boolean;
                /** @example aws:PrincipalTag/team is "payments" */
                words: string;
            }[];
            words: string;
        };
        PreviewPolicy: {
            /**
             * @description What it would stand on; their quotas differ.
             * @default role
             * @enum {string}
             */
            principalKind?: "role" | "user" | "group";
            entitlements: {
                /**
                 * @description Sallyport’s id (`dbs_…`), the resource id (`cluster-…`, `db-…`, `prx-…`) or the ARN.
                 * @example cluster-ABCDEFGHIJKL01234
                 */
                database: string;
                /** @example db_user */
                dbUser: string;
            }[];
        };
        /** @description Problem details (RFC 9457). */
        Problem: {
            /** @description `urn:sallyport:error:` and the code. */
            type: string;
            /** @description What the code means; the same for each occurrence. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What is wrong with this very request. */
            detail: string;
            /** @description A stable name to act on. */
            code: string;
            /** @description What the caller can do. */
            remedy: string;
            /** @description `urn:sallyport:request-id:` and the X-Request-Id of this answer, by which the log knows it. */
            instance: string;
            /** @description Each wrong field. */
            errors?: {
                /** @description A JSON pointer (RFC 6901) into the body, or `query/…`, `path/…`, `header/…`. */
                pointer: string;
                detail: string;
            }[];
        };
        Redelivered: {
            /** @description How many are sent once more. */
            count: number;
        };
        Request: {
            /** @example req_01kazv5vb4pex5vsknk084sn02 */
            id: string;
            /** @enum {string} */
            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
            requester: string;
            beneficiary: string;
            /** @description Through which caller it was asked. */
            via: string;
            principal: {
                arn: string;
                /** @enum {string} */
                kind: "role" | "user" | "group" | "permission-set";
                /** @description Null: a permission set, which is in no account. */
                account: string | null;
                /** @description Its unique id in IAM when it was asked for, or of a permission set that part of its ARN: one made again under the same name inherits nothing. Null: its account is not managed here. */
                uniqueId: string | null;
                /** @description Who else can use it, as far as AWS tells; null if nobody could tell. */
                sharedWith: components["schemas"]["SharedWith"] | null;
            };
            /** @enum {string} */
            path: "direct" | "access-role";
            entitlements: {
                /** @description Null: every database of the region. */
                database: {
                    id: string;
                    resourceId: string;
                    identifier: string;
                    account: string;
                    region: string;
                    engine: string;
                } | null;
                dbUser: string;
                /** @description The ARN that the policy will name. */
                resource: string;
                /** @description How it was asked for, if it was not by the name of one database. */
                selector: components["schemas"]["DatabaseSelector"] | null;
                /** @description For a wildcard: what it lets connect to today, and what may join later, in words. */
                covers: string | null;
                /** @description The rule that matched when it was asked. */
                rule: string;
            }[];
            /**
             * @description `emergency`: at once, and reviewed afterwards. `standing`: until nobody keeps it.
             * @enum {string}
             */
            manner: "ordinary" | "emergency" | "standing" | "extension";
            /** @description ISO 8601; null: standing access. */
            duration: string | null;
            startsAt: string | null;
            reason: string;
            ticket: {
                system: string;
                key: string;
                url?: string;
            } | null;
            /** @description The hash of the rule set by which it was judged when it was asked. */
            ruleSet: string;
            limits: {
                longestDuration: string;
                /** Format: date-time */
                decideBy: string;
            };
            /** @description How it stands by the rules and the people of now. */
            approvals: {
                /** @description Each by different people; none: no approval is needed. By the rules of now while it is pending. */
                needed: {
                    from: {
                        groups: string[];
                        people: string[];
                    };
                    count: number;
                }[];
                /** @description The same, each with how it stands. */
                stages: components["schemas"]["ApprovalStage"][];
                /** @description Whose approval counts by the rules of now. */
                counted: string[];
                /** @description Who can approve now. */
                approvers: string[];
                /** @description Why the rules of now would refuse it, if they would. */
                refused: string | null;
            };
            decisions: {
                id: string;
                approver: string;
                /** @enum {string} */
                verdict: "approve" | "deny";
                comment: string | null;
                /** @description The shorter duration allowed, or null for the whole. */
                duration: string | null;
                /** @description Those that were approved; the database by its resource id, null for every database of a region. */
                entitlements: {
                    database: string | null;
                    dbUser: string;
                    resource: string;
                }[];
                /** @description Through which caller it came. */
                via: string;
                /** Format: date-time */
                createdAt: string;
            }[];
            /** @description What those who see it have said, in order. */
            comments: {
                id: string;
                /** @description The id of the person. */
                by: string;
                /** @description Through which caller it came. */
                via: string;
                text: string;
                /** Format: date-time */
                createdAt: string;
            }[];
            /** @description What it became; empty until it is approved. What joined later is among them. */
            grants: components["schemas"]["Grant"][];
            /** @description Databases that came to match what it names by tags or as a whole region after it was asked for, and what became of them. */
            later: {
                database: {
                    id: string;
                    resourceId: string;
                    identifier: string;
                    account: string;
                    region: string;
                    engine: string;
                };
                dbUser: string;
                resource: string;
                /**
                 * @description `waiting`: judged when the request is approved. `joined`: granted, on the approvals given. `asked`: `request` was opened for it. `refused`: the rules refuse it. `blocked`: it may join, and something is in the way; it is tried again. `too_wide`: a wildcard reaches it, and the rules would not have it.
                 * @enum {string}
                 */
                outcome: "waiting" | "joined" | "asked" | "refused" | "blocked" | "too_wide";
                /** @description The rule that decided, or came nearest. */
                rule: string | null;
                /** @description Why, in words. */
                detail: string;
                /** @description The request that was opened for it. */
                request: string | null;
                /** Format: date-time */
                matchedAt: string;
                /** Format: date-time */
                judgedAt: string;
            }[];
            /** @description The grant that it gives more time once it is approved. Null: it makes grants of its own. */
            extends: string | null;
            /** @description The request whose selector these databases came to match later: Sallyport opened this one for it. Null: somebody asked. */
            origin: string | null;
            /** @description What an approver should know; it is decided all the same: what the rule warns of, a database user that is not declared, a guard that denies the access to some, and that the principal can connect without Sallyport, as the last reading of its account shows. */
            warnings: ({
                /** @description Its place in the request, from 0. */
                entitlement: number;
                /** @constant */
                code: "unknown_db_user";
                /** @description What is wrong, and what to do. */
                detail: string;
            } | {
                /** @constant */
                code: "rule_warning";
                rule: string;
                /** @description The text of the rule’s `warning`. */
                detail: string;
            } | {
                /** @constant */
                code: "denied_by_guard";
                /** @description Whom the grant would not reach, and what to do. */
                detail: string;
            } | components["schemas"]["UnmanagedAccessWarning"])[];
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when it can be decided.
             */
            expiresAt: string;
            decidedAt: string | null;
            /** @description Why it was withdrawn, if its requester did not take it back: whom it concerned left the directory. */
            endReason: ("requester_left" | "beneficiary_left") | null;
            /** @description What keeps it from ever being approved, as the people and the rules are now. */
            attention: {
                /** @constant */
                code: "no_approver_left";
                message: string;
            } | null;
            links: {
                self: string;
                approve: string;
                deny: string;
                withdraw: string;
                comment: string;
            };
        };
        RequestPage: {
            items: components["schemas"]["Request"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        RequestPreview: {
            allowed: boolean;
            refusals: {
                entitlement: number;
                rule: string | null;
                detail: string;
            }[];
            rules: {
                entitlement: number;
                rule: string;
            }[];
            /** @description How every rule, in their order, stands to each entitlement. */
            reasoning: {
                entitlement: number;
                rules: {
                    rule: string;
                    /** @enum {string} */
                    effect: "allow" | "deny";
                    /**
                     * @description `overruled`: it would allow it, and another rule denies it or comes first.
                     * @enum {string}
                     */
                    result: "denies" | "decides" | "overruled" | "does_not_match";
                    /** @description Every part of it that does not match. */
                    because: string[];
                }[];
            }[];
            /** @description None of them: it would be approved at once. */
            approvalsNeeded: {
                from: {
                    groups: string[];
                    people: string[];
                };
                count: number;
            }[];
            /** @description The same, with who could approve by name. */
            stages: components["schemas"]["ApprovalStage"][];
            /** @description Who could approve first. */
            approvers: string[];
            duration: string | null;
            longestDuration: string | null;
            /** @description Who reviews it, for emergency and standing access; null: nobody. */
            review: components["schemas"]["ReviewTerms"] | null;
            ruleSet: string;
            /** @description What an approver would be told. */
            warnings: ({
                /** @description Its place in the request, from 0. */
                entitlement: number;
                /** @constant */
                code: "unknown_db_user";
                /** @description What is wrong, and what to do. */
                detail: string;
            } | {
                /** @constant */
                code: "rule_warning";
                rule: string;
                /** @description The text of the rule’s `warning`. */
                detail: string;
            } | {
                /** @constant */
                code: "denied_by_guard";
                /** @description Whom the grant would not reach, and what to do. */
                detail: string;
            } | components["schemas"]["UnmanagedAccessWarning"])[];
            /** @description Sallyport’s policies on the principal and its access roles; null where the rules refuse, or AWS cannot be asked. */
            policies: {
                /** @description As the grants of now make them, those yet to start included. */
                before: components["schemas"]["PlannedPolicy"][];
                /** @description As they would be; null: there is no room for them. */
                after: components["schemas"]["PlannedPolicy"][] | null;
            } | null;
            /** @description Who else can use the principal, as far as AWS tells; null where the rules refuse, or nobody could tell. */
            sharedWith: components["schemas"]["SharedWith"] | null;
        };
        Review: {
            /** @example rev_01kazv5vb4pex5vsknk084sn02 */
            id: string;
            /** @enum {string} */
            kind: "emergency" | "standing";
            /**
             * @description `planned`: it opens at `opensAt`. `lapsed`: the access has ended, because nobody signed in time or otherwise.
             * @enum {string}
             */
            status: "open" | "planned" | "signed" | "lapsed";
            request: string;
            requester: string;
            beneficiary: string;
            principal: string;
            /** @description Why the access was asked for. */
            reason: string;
            /** @description What was granted; some of it may have ended. */
            access: {
                grant: string;
                /** @description Null: all that `resource` names. */
                database: {
                    id: string;
                    identifier: string;
                } | null;
                dbUser: string;
                resource: string;
            }[];
            /** @description Whom the rules named when it was made. Those of now decide who may sign. */
            reviewers: {
                groups: string[];
                people: string[];
            };
            /** @description Who of them is in the directory now and may sign; empty unless it is open. */
            turn: string[];
            /** Format: date-time */
            createdAt: string;
            /** @description From when it can be signed; null: there is nothing left to review. */
            opensAt: string | null;
            /** @description When standing access ends unless it is kept; null for emergency access, whose review stays open. */
            dueAt: string | null;
            closedAt: string | null;
            outcome: ("justified" | "unjustified" | "keep" | "end") | null;
            note: string | null;
            signedBy: string | null;
            /** @description Through which caller it was signed. */
            via: string | null;
            links: {
                self: string;
                request: string;
                sign: string;
            };
        };
        ReviewPage: {
            items: components["schemas"]["Review"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
            /** @description How many of all that match are open. */
            open: number;
        };
        ReviewTerms: {
            reviewers: {
                groups: string[];
                people: string[];
            };
            /** @description How long standing access lasts unless it is kept; null: emergency access, which is reviewed once. */
            every: string | null;
            /** @description How long before it is due a review of standing access is opened; null: at once. */
            opens: string | null;
            /** @description Who is told of emergency access besides. */
            notify: {
                groups: string[];
                people: string[];
                channels: string[];
            } | null;
        };
        RevokedGrants: {
            /** @description How many; 0: none that matched was in force or yet to start. */
            revoked: number;
            /** @description Their ids; each is `revoking` until IAM is seen without it. */
            grants: string[];
        };
        RuleSetChanges: {
            /** @description All of it in words, a line for each. */
            words: string[];
            rules: {
                added: string[];
                removed: string[];
                changed: {
                    rule: string;
                    keys: string[];
                }[];
                reordered: boolean;
            };
            /** @description Who can do what that they could not, or no longer, by the groups of the files. */
            powers: {
                power: string;
                gained: string[];
                lost: string[];
            }[];
            people: {
                added: string[];
                removed: string[];
                changed: string[];
            };
            /** @description The other parts of the file that are not what they were. */
            parts: string[];
        };
        RuleSets: {
            inForce: {
                /** @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
                hash: string;
                /** Format: date-time */
                since: string;
                by: {
                    /** @enum {string} */
                    kind: "person" | "service" | "system";
                    person: string | null;
                    via: string;
                };
            };
            /** @description What waits to be confirmed; null: nothing does. */
            pending: {
                /** @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
                hash: string;
                /** Format: date-time */
                since: string;
                /** @description Who proposed it. */
                by: {
                    /** @enum {string} */
                    kind: "person" | "service" | "system";
                    person: string | null;
                    via: string;
                };
                /** @description What it has otherwise than the one in force; null: this version cannot read one of them. */
                changes: components["schemas"]["RuleSetChanges"] | null;
            } | null;
        };
        SharedWith: {
            /** @description In words. */
            summary: string;
            principals: {
                /** @enum {string} */
                kind: "account" | "role" | "user" | "session" | "service" | "federated" | "everyone" | "everyone-but" | "identity-center-user" | "identity-center-group" | "other" | "unreadable";
                /** @description An ARN, an account, a service, or what else stands in the trust policy; of Identity Center the id in its identity store. */
                id: string;
                conditional: boolean;
            }[];
        };
        SignReview: {
            /**
             * @description Of emergency access `justified` or `unjustified`, which ends what is left of it; of standing access `keep`, until its next review, or `end`.
             * @example justified
             * @enum {string}
             */
            outcome: "justified" | "unjustified" | "keep" | "end";
            /**
             * @description Why; kept in the audit log.
             * @example INC-17; the query is in the ticket
             */
            note: string;
        };
        SyncStarted: {
            /** @description Where databases are now looked for. */
            accounts: string[];
            links: {
                /** @description Tells when it is over, and what came of it. */
                status: string;
            };
        };
        SyncStatusPage: {
            items: {
                /** @example 123456789012 */
                account: string;
                name: string;
                sync: components["schemas"]["AccountSync"];
            }[];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        TicketAnswer: {
            /**
             * @description The key of the ticket; null: it is about none.
             * @example OPS-17
             */
            ticket: string | null;
            /** @enum {string} */
            outcome: "accepted" | "ignored";
            /**
             * @description What the delivery asks for, which is done after it is answered; `end` is done with it.
             * @example [
             *       "ask"
             *     ]
             */
            does: ("ask" | "approve" | "deny" | "end")[];
            /** @example The ticket is Open. It is remembered. */
            detail: string;
        };
        UnmanagedAccessWarning: {
            /** @constant */
            code: "unmanaged_access";
            /** @description In words. */
            detail: string;
            /** @description The ARN of the database user. */
            resource: string;
            /** @description Whether it depends on conditions of the policies. */
            conditional: boolean;
            /** @description The policies and statements that allow it. */
            through: string[];
        };
        Webhook: {
            /** @example whk_01kazv5vb4pex5vsknk084sn02 */
            id: string;
            /**
             * @description https, with a public address unless the operators allow others. Its path and query are told to admins only.
             * @example https://portal.example.com/hooks/sallyport
             */
            url: string;
            /**
             * @description What it is for, for people.
             * @example Developer portal
             */
            description: string;
            types: ("request.created" | "request.escalated" | "request.approved" | "request.denied" | "request.withdrawn" | "request.expired" | "request.commented" | "decision.recorded" | "grant.opened" | "grant.started" | "grant.activated" | "grant.extended" | "grant.ends_soon" | "grant.ending" | "grant.ended" | "grant.emergency" | "review.opened" | "review.signed" | "review.lapsed" | "target.attention_raised" | "target.attention_cleared" | "rules.activated" | "rules.proposed" | "rules.taken_back" | "webhook.paused")[];
            /** @description Only events about something in these AWS accounts; none: in all of them. */
            accounts: string[];
            /** @description Only events about these databases; none: about all of them. */
            databases: string[];
            /** @description Nothing is sent, and what happens waits, until somebody resumes it; null: it is sent to. */
            paused: {
                /**
                 * @description `failing`: nothing was received for three days; `gone`: it answered 410.
                 * @enum {string}
                 */
                because: "asked" | "failing" | "gone";
                /**
                 * Format: date-time
                 * @example 2026-11-24T12:00:00.000Z
                 */
                at: string;
            } | null;
            /** @description What keeps messages from it at this moment; goes away with the first that is received. */
            attention: {
                /**
                 * @description `refused`: it answered with a status that is not 2xx; `redirected`: it answered with a redirect, which is not followed; `gone`: it answered 410: it wants no more messages; `timed_out`: no answer came within 15 seconds; `not_reached`: no connection, or none with a valid certificate, could be made; `name_not_found`: its host name cannot be resolved; `address_refused`: its host name stands for an address that is not public and not allowed; `secret_unreadable`: Sallyport’s own fault: the signing secret cannot be opened
                 * @enum {string}
                 */
                code: "refused" | "redirected" | "gone" | "timed_out" | "not_reached" | "name_not_found" | "address_refused" | "secret_unreadable";
                message: string;
                /**
                 * Format: date-time
                 * @example 2026-11-24T12:00:00.000Z
                 */
                since: string;
                attempts: number;
            } | null;
            /** @description Until when messages are signed with the secret before, too. */
            previousSecretUntil: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            createdAt: string;
            links: {
                self: string;
                deliveries: string;
            };
        };
        WebhookDelivery: {
            /**
             * @description The audit event that it tells of, which is also its `webhook-id`.
             * @example evt_01kazv5vb4pex5vsknk084sn02
             */
            id: string;
            /** @enum {string} */
            type: "request.created" | "request.escalated" | "request.approved" | "request.denied" | "request.withdrawn" | "request.expired" | "request.commented" | "decision.recorded" | "grant.opened" | "grant.started" | "grant.activated" | "grant.extended" | "grant.ends_soon" | "grant.ending" | "grant.ended" | "grant.emergency" | "review.opened" | "review.signed" | "review.lapsed" | "target.attention_raised" | "target.attention_cleared" | "rules.activated" | "rules.proposed" | "rules.taken_back" | "webhook.paused" | "ping";
            /**
             * @description `failed`: it was given up, after ten attempts or a 410.
             * @enum {string}
             */
            status: "pending" | "succeeded" | "failed";
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            createdAt: string;
            /** @description When it is tried again, unless the webhook is paused; null once it is settled. */
            nextAt: string | null;
            /** @description All attempts, oldest first. */
            tries: {
                /**
                 * Format: date-time
                 * @example 2026-11-24T12:00:00.000Z
                 */
                at: string;
                /** @description Of the answer; null if there was none. */
                status: number | null;
                /** @description Null: it was received. */
                trouble: ("refused" | "redirected" | "gone" | "timed_out" | "not_reached" | "name_not_found" | "address_refused" | "secret_unreadable") | null;
                milliseconds: number;
            }[];
            /** @description Exactly what is sent, and signed. */
            body: string;
            links: {
                self: string;
                event: string;
            };
        };
        WebhookDeliveryPage: {
            items: components["schemas"]["WebhookDelivery"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        WebhookPage: {
            items: components["schemas"]["Webhook"][];
            /** @description Pass it as `cursor` to get the next page; null on the last page. */
            nextCursor: string | null;
        };
        WebhookWithSecret: {
            /** @example whk_01kazv5vb4pex5vsknk084sn02 */
            id: string;
            /**
             * @description https, with a public address unless the operators allow others. Its path and query are told to admins only.
             * @example https://portal.example.com/hooks/sallyport
             */
            url: string;
            /**
             * @description What it is for, for people.
             * @example Developer portal
             */
            description: string;
            types: ("request.created" | "request.escalated" | "request.approved" | "request.denied" | "request.withdrawn" | "request.expired" | "request.commented" | "decision.recorded" | "grant.opened" | "grant.started" | "grant.activated" | "grant.extended" | "grant.ends_soon" | "grant.ending" | "grant.ended" | "grant.emergency" | "review.opened" | "review.signed" | "review.lapsed" | "target.attention_raised" | "target.attention_cleared" | "rules.activated" | "rules.proposed" | "rules.taken_back" | "webhook.paused")[];
            /** @description Only events about something in these AWS accounts; none: in all of them. */
            accounts: string[];
            /** @description Only events about these databases; none: about all of them. */
            databases: string[];
            /** @description Nothing is sent, and what happens waits, until somebody resumes it; null: it is sent to. */
            paused: {
                /**
                 * @description `failing`: nothing was received for three days; `gone`: it answered 410.
                 * @enum {string}
                 */
                because: "asked" | "failing" | "gone";
                /**
                 * Format: date-time
                 * @example 2026-11-24T12:00:00.000Z
                 */
                at: string;
            } | null;
            /** @description What keeps messages from it at this moment; goes away with the first that is received. */
            attention: {
                /**
                 * @description `refused`: it answered with a status that is not 2xx; `redirected`: it answered with a redirect, which is not followed; `gone`: it answered 410: it wants no more messages; `timed_out`: no answer came within 15 seconds; `not_reached`: no connection, or none with a valid certificate, could be made; `name_not_found`: its host name cannot be resolved; `address_refused`: its host name stands for an address that is not public and not allowed; `secret_unreadable`: Sallyport’s own fault: the signing secret cannot be opened
                 * @enum {string}
                 */
                code: "refused" | "redirected" | "gone" | "timed_out" | "not_reached" | "name_not_found" | "address_refused" | "secret_unreadable";
                message: string;
                /**
                 * Format: date-time
                 * @example 2026-11-24T12:00:00.000Z
                 */
                since: string;
                attempts: number;
            } | null;
            /** @description Until when messages are signed with the secret before, too. */
            previousSecretUntil: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            createdAt: string;
            links: {
                self: string;
                deliveries: string;
            };
            /**
             * @description By which messages are verified. It is told once: null in a repeated answer of the same Idempotency-Key. A lost one is replaced.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is alive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "alive";
                    };
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Requests can be served. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ready";
                    };
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRequests: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
                status?: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                /** @description The id of a person; `me`: you. */
                requester?: string;
                /** @description The id of a person; `me`: you. */
                beneficiary?: string;
                /** @description Who asked for it or will use it, by their id; `me`: you. */
                person?: string;
                principal?: string;
                /** @description The key of a ticket. */
                ticket?: string;
                /** @description `me`: only those that wait for a decision of yours. */
                approver?: "me";
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskForAccess"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`). A person is needed for this (`person_required`). No rule allows this (`refused_by_rules`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The IAM policy would grow over its quota (`quota_exceeded`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`). This is not an ARN of the kind needed (`invalid_arn`). This kind of principal cannot be given access (`unsupported_principal`). Access cannot be given on this path (`unsupported_path`). The AWS account is not managed here (`unknown_account`). This cannot be a database user (`invalid_db_user`). The duration cannot be used (`invalid_duration`). The wished start cannot be used (`invalid_start`). The database is not known (`unknown_database`). More than one database has this resource id (`ambiguous_database`). The database does not accept IAM authentication (`iam_authentication_off`). The beneficiary is not known (`unknown_beneficiary`). Principal and database are in different accounts (`cross_account`). The principal does not exist in its account (`unknown_principal`). The permission set is not in the account of the database (`permission_set_not_provisioned`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`). AWS cannot be reached (`aws_unavailable`). AWS refuses Sallyport in this account (`aws_denied`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskForAccess"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPreview"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`). A person is needed for this (`person_required`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This is not an ARN of the kind needed (`invalid_arn`). This kind of principal cannot be given access (`unsupported_principal`). Access cannot be given on this path (`unsupported_path`). The AWS account is not managed here (`unknown_account`). This cannot be a database user (`invalid_db_user`). The duration cannot be used (`invalid_duration`). The wished start cannot be used (`invalid_start`). The database is not known (`unknown_database`). More than one database has this resource id (`ambiguous_database`). The database does not accept IAM authentication (`iam_authentication_off`). The beneficiary is not known (`unknown_beneficiary`). Principal and database are in different accounts (`cross_account`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such request (`request_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Approve"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`). Nobody approves what they asked for or will use (`self_approval`). The rules do not make you an approver of this request (`not_an_approver`). One credential cannot both ask for and decide a request (`same_credential`). A person is needed for this (`person_required`). No rule allows this (`refused_by_rules`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such request (`request_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The request has been decided (`request_decided`). You have already decided this request (`already_decided_by_you`). The IAM policy would grow over its quota (`quota_exceeded`). The principal was deleted and made again since it was asked for (`principal_replaced`). The grant has ended, or is ending (`grant_ended`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`). The principal does not exist in its account (`unknown_principal`). The permission set is not in the account of the database (`permission_set_not_provisioned`). An approval cannot give more than was asked for (`approval_widens`). The duration cannot be used (`invalid_duration`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`). AWS cannot be reached (`aws_unavailable`). AWS refuses Sallyport in this account (`aws_denied`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    denyRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Deny"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`). Nobody approves what they asked for or will use (`self_approval`). The rules do not make you an approver of this request (`not_an_approver`). One credential cannot both ask for and decide a request (`same_credential`). A person is needed for this (`person_required`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such request (`request_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The request has been decided (`request_decided`). You have already decided this request (`already_decided_by_you`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`). A person is needed for this (`person_required`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such request (`request_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The request has been decided (`request_decided`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    commentOnRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Told to all who see the request.
                     * @example Is one hour enough?
                     */
                    text: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`). A person is needed for this (`person_required`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such request (`request_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The request has too many comments (`too_many_comments`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extendGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtendGrant"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`). A person is needed for this (`person_required`). No rule allows this (`refused_by_rules`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such grant (`grant_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The grant has ended, or is ending (`grant_ended`). This kind of access is not extended (`not_extendable`). Another extension of the grant comes first (`extension_waits`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`). The duration cannot be used (`invalid_duration`). The principal does not exist in its account (`unknown_principal`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`). AWS cannot be reached (`aws_unavailable`). AWS refuses Sallyport in this account (`aws_denied`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReviews: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
                status?: "open" | "planned" | "signed" | "lapsed";
                kind?: "emergency" | "standing";
                request?: string;
                /** @description `me`: only those that wait for you. */
                reviewer?: "me";
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewPage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such review (`review_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignReview"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`). The rules do not make you a reviewer of this (`not_a_reviewer`). A person is needed for this (`person_required`). Nobody approves what they asked for or will use (`self_approval`). One credential cannot both ask for and decide a request (`same_credential`). No rule allows this (`refused_by_rules`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such review (`review_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The review is not open (`review_not_open`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGrants: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
                /** @description `live`: any that gives access or will: `scheduled`, `applying` or `active`. */
                status?: "scheduled" | "applying" | "active" | "revoking" | "ended" | "live";
                /** @description `newest` first, or what ends soonest first. */
                order?: "newest" | "end";
                /** @description The id of the person who uses them; `me`: you. */
                beneficiary?: string;
                /** @description The account of their databases. */
                account?: string;
                /** @description A resource id, an ARN, or Sallyport’s id. */
                database?: string;
                dbUser?: string;
                /** @description The ARN of the principal. */
                principal?: string;
                request?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such grant (`grant_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConnectInstructions: {
        parameters: {
            query?: {
                /** @description For a grant for every database of a region: which one, by its resource id, ARN, or Sallyport’s id. */
                database?: string;
                /** @description For a grant for every user: which one. */
                dbUser?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectInstructions"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such grant (`grant_not_found`). No such database (`database_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The grant has ended, or is ending (`grant_ended`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More than one database has this resource id (`ambiguous_database`). This cannot be a database user (`invalid_db_user`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Why; kept in the audit log.
                     * @default null
                     */
                    comment?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndingGrant"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such grant (`grant_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The grant has ended, or is ending (`grant_ended`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeGrants: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @example {
                     *       "beneficiary": "developer"
                     *     }
                     */
                    filter: {
                        /** @description The id of the person who uses them. */
                        beneficiary?: string;
                        /** @description The account of their databases. */
                        account?: string;
                        /** @description A resource id, an ARN, or Sallyport’s id. */
                        database?: string;
                        dbUser?: string;
                        /** @description The ARN of the principal. */
                        principal?: string;
                        request?: string;
                    };
                    /** @description Why; kept in the audit log with each of the grants. */
                    comment: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedGrants"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    returnGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Why; kept in the audit log.
                     * @default null
                     */
                    comment?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndingGrant"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such grant (`grant_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The grant has ended, or is ending (`grant_ended`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDatabases: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
                /** @description Only those of this AWS account. */
                account?: string;
                /** @description Only those of this region. */
                region?: string;
                /** @description Only those with this tag, as `key:value`. */
                tag?: string & (unknown & unknown);
                /** @description Only those with this in their ARN, resource id or host, in any case. */
                q?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatabasePage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDatabase: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                /** @description Sallyport’s id (`dbs_…`), the resource id (`cluster-…`, `db-…`, `prx-…`) or the ARN. */
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Database"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such database (`database_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More than one database has this resource id (`ambiguous_database`). This is an instance of a cluster (`aurora_member`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSyncStatus: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncStatusPage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    syncDatabases: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Where to look; null for every account in which databases are looked for.
                     * @default null
                     */
                    accounts?: string[] | null;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncStarted"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`). The AWS account is not managed here (`unknown_account`). Databases are not looked for in this account (`sync_off`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such AWS account (`account_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewPolicy"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPreview"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The IAM policy would grow over its quota (`quota_exceeded`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database is not known (`unknown_database`). More than one database has this resource id (`ambiguous_database`). This cannot be a database user (`invalid_db_user`). Principal and database are in different accounts (`cross_account`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExplainPolicy"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyExplanation"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccess: {
        parameters: {
            query: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
                /** @description Sallyport’s id (`dbs_…`), the resource id (`cluster-…`, `db-…`, `prx-…`) or the ARN. */
                database: string;
                /** @description One database user; without it, every name and pattern that a policy of the principal has. */
                dbUser?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessReport"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such database (`database_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More than one database has this resource id (`ambiguous_database`). This cannot be a database user (`invalid_db_user`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`). Nobody knows yet what the account holds (`account_not_read`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleSets"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmRuleSet"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleSets"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`). A person is needed for this (`person_required`). This takes a credential of your own (`own_credential_required`). Nobody approves what they asked for or will use (`self_approval`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). This rule set does not wait to be confirmed (`rules_not_pending`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description https, with a public address unless the operators allow others. Its path and query are told to admins only.
                     * @example https://portal.example.com/hooks/sallyport
                     */
                    url: string;
                    /**
                     * @description What it is for, for people.
                     * @default
                     * @example Developer portal
                     */
                    description?: string;
                    /**
                     * @description What it is told of; by default everything that there is in this version.
                     * @default [
                     *       "request.created",
                     *       "request.escalated",
                     *       "request.approved",
                     *       "request.denied",
                     *       "request.withdrawn",
                     *       "request.expired",
                     *       "request.commented",
                     *       "decision.recorded",
                     *       "grant.opened",
                     *       "grant.started",
                     *       "grant.activated",
                     *       "grant.extended",
                     *       "grant.ends_soon",
                     *       "grant.ending",
                     *       "grant.ended",
                     *       "grant.emergency",
                     *       "review.opened",
                     *       "review.signed",
                     *       "review.lapsed",
                     *       "target.attention_raised",
                     *       "target.attention_cleared",
                     *       "rules.activated",
                     *       "rules.proposed",
                     *       "rules.taken_back",
                     *       "webhook.paused"
                     *     ]
                     */
                    types?: ("request.created" | "request.escalated" | "request.approved" | "request.denied" | "request.withdrawn" | "request.expired" | "request.commented" | "decision.recorded" | "grant.opened" | "grant.started" | "grant.activated" | "grant.extended" | "grant.ends_soon" | "grant.ending" | "grant.ended" | "grant.emergency" | "review.opened" | "review.signed" | "review.lapsed" | "target.attention_raised" | "target.attention_cleared" | "rules.activated" | "rules.proposed" | "rules.taken_back" | "webhook.paused")[];
                    /**
                     * @description Only events about something in these AWS accounts; none: in all of them.
                     * @default []
                     */
                    accounts?: string[];
                    /**
                     * @description Only events about these databases; none: about all of them.
                     * @default []
                     */
                    databases?: string[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`). Nothing can be sent to this URL (`invalid_webhook_url`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`). Sallyport has no key to keep secrets with (`secret_key_missing`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such webhook (`webhook_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such webhook (`webhook_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description https, with a public address unless the operators allow others. Its path and query are told to admins only.
                     * @example https://portal.example.com/hooks/sallyport
                     */
                    url?: string;
                    /**
                     * @description What it is for, for people.
                     * @example Developer portal
                     */
                    description?: string;
                    types?: ("request.created" | "request.escalated" | "request.approved" | "request.denied" | "request.withdrawn" | "request.expired" | "request.commented" | "decision.recorded" | "grant.opened" | "grant.started" | "grant.activated" | "grant.extended" | "grant.ends_soon" | "grant.ending" | "grant.ended" | "grant.emergency" | "review.opened" | "review.signed" | "review.lapsed" | "target.attention_raised" | "target.attention_cleared" | "rules.activated" | "rules.proposed" | "rules.taken_back" | "webhook.paused")[];
                    /** @description Only events about something in these AWS accounts; none: in all of them. */
                    accounts?: string[];
                    /** @description Only events about these databases; none: about all of them. */
                    databases?: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such webhook (`webhook_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing can be sent to this URL (`invalid_webhook_url`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description For how long messages are signed with the secret before, too. Null: it signs no more at once, as when it has leaked.
                     * @default P1D
                     * @example P1D
                     */
                    overlap?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such webhook (`webhook_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`). Sallyport has no key to keep secrets with (`secret_key_missing`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such webhook (`webhook_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such webhook (`webhook_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such webhook (`webhook_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The webhook is paused (`webhook_paused`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
                /** @description `failed`: it was given up, after ten attempts or a 410. */
                status?: "pending" | "succeeded" | "failed";
                type?: "request.created" | "request.escalated" | "request.approved" | "request.denied" | "request.withdrawn" | "request.expired" | "request.commented" | "decision.recorded" | "grant.opened" | "grant.started" | "grant.activated" | "grant.extended" | "grant.ends_soon" | "grant.ending" | "grant.ended" | "grant.emergency" | "review.opened" | "review.signed" | "review.lapsed" | "target.attention_raised" | "target.attention_cleared" | "rules.activated" | "rules.proposed" | "rules.taken_back" | "webhook.paused" | "ping";
                /** @description Of this time or later. */
                since?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such webhook (`webhook_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
                /** @description The audit event that it tells of, which is also its `webhook-id`. */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such delivery (`delivery_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                /** @description The audit event that it tells of, which is also its `webhook-id`. */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such webhook (`webhook_not_found`). No such delivery (`delivery_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The webhook is paused (`webhook_paused`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverFailedDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Deliveries of this time or later that were given up are sent once more.
                     * @example 2026-11-24T00:00:00Z
                     */
                    since: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Redelivered"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such webhook (`webhook_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The webhook is paused (`webhook_paused`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Also the `via` of whatever is done with the key; never given to another key.
                     * @example portal
                     */
                    name: string;
                    /** @description What it may be used for. */
                    scopes: ("read" | "ask" | "decide" | "revoke" | "audit" | "sync" | "webhooks" | "scim")[];
                    /**
                     * @description Whose key it is: it stops when they leave, and never decides what concerns them.
                     * @default null
                     */
                    owner?: string | null;
                    /**
                     * @description With the scope `decide`: for whose people it may decide.
                     * @default []
                     */
                    decideGroups?: string[];
                    /**
                     * @description How long it lives, from now; null: until it is revoked.
                     * @example P90D
                     */
                    lifetime?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithToken"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). An API key of this name exists (`key_name_taken`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                /** @description The id or the name of a key. */
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such API key (`key_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id or the name of a key. */
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description For how long the secret before stays good, at most P30D. Null: not at all, as when it has leaked.
                     * @example PT1H
                     */
                    overlap?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithToken"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such API key (`key_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`). The API key is revoked, expired, or its owner has left (`key_not_valid`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`). The duration cannot be used (`invalid_duration`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
                /** @description Any string of your own, such as a UUID. For 24 hours the same key with the same body gets the same answer, with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id or the name of a key. */
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The Idempotency-Key cannot be used (`invalid_idempotency_key`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such API key (`key_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this Idempotency-Key is still running (`idempotency_in_progress`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This Idempotency-Key was used with another body (`idempotency_mismatch`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
                /** @description A part of an id, a user name or a name, in any case. */
                q?: string;
                /** @description Only those who are in this group now. */
                group?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such person (`person_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the source under `tickets` in sallyport.yaml. */
                source: string;
            };
            cookie?: never;
        };
        /** @description What the ticket system sends; see docs/tickets.md. */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketAnswer"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The body is not valid JSON (`malformed_json`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The delivery is not signed with a secret of its source (`invalid_signature`). The delivery was signed more than five minutes ago, or ahead (`stale_delivery`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such source of tickets (`ticket_source_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large (`body_too_large`) */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON (`unsupported_media_type`) */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The payload does not say what is to be read in it (`invalid_ticket`) */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; leave it out for the first page. */
                cursor?: string;
                /** @description `request.created`: somebody asked; `decision.recorded`: one approver approved or denied; `request.escalated`: it waited for so long that others are asked too; `request.approved`: the rules were satisfied and grants were opened; `request.denied`: an approver denied; `request.withdrawn`: the requester took it back, or whom it concerned left; `request.expired`: nobody decided in time; `request.commented`: somebody who sees it said something about it; the request has the text; `request.database_matched`: a database came to match what was asked for by tags or as a whole region, and was judged; `grant.opened`: an entitlement became a grant; `grant.emergency`: somebody took emergency access, which nobody approved; `grant.extended`: it was given more time, by a request of its own; `grant.kept`: a reviewer kept standing access, until its next review; `review.opened`: reviewers are asked: of emergency access after it was taken, of standing access before its review is due; `review.signed`: a reviewer signed; `review.lapsed`: there is nothing left to review: standing access ended, by itself or otherwise; `grant.started`: its start came, and its policy is being written; `grant.activated`: IAM holds it, read back and compared; `grant.ends_soon`: its end is near: as long before it as its rule says, once for each end; `grant.ending`: it expired, was revoked or returned, or its beneficiary left, and it is being taken away; `grant.ended`: IAM holds it no more, read back and compared; `iam.write.intended`: a call that changes IAM is about to be sent; `iam.write.accepted`: AWS has begun with it, and goes on after its answer; `iam.write.done`: it took effect; `iam.write.failed`: it took no effect; `iam.write.unknown`: its answer was lost; reading back will tell; `target.attention_raised`: something keeps a target from being right; `target.attention_cleared`: that is over; `target.drift_found`: somebody else changed a policy or access role of Sallyport’s; `target.orphan_found`: a policy of Sallyport’s was found that no grant explains; `target.guarded`: a principal may from now on connect only to what it has been granted; `target.unguarded`: that is over: sallyport.yaml no longer says so, or the principal was deleted; `target.changed_hands`: a worker took over from one that fell silent; `database.found`: AWS has a database that was not known; `database.changed`: what AWS says of a database is not what it was; `database.gone`: AWS has a database no longer, and it is not declared; `database.returned`: a database that was gone is there again; `catalog.sync_asked`: somebody had databases looked for at once; `authority.refused`: somebody tried what is not theirs to do; `rules.activated`: another rule set came into force; `rules.proposed`: a rule set waits to be confirmed; the one in force stays; `rules.taken_back`: it waits no more: the operator activated the one in force; `identity.linked`: a login at an issuer became somebody’s; `identity.unlinked`: a login is theirs no more, by another rule set; `identity.groups_changed`: a token says other groups of its person than the one before; `person.left`: somebody is in the directory no more: what waits for them is withdrawn, and what they were granted ends; `person.returned`: somebody who had left is in the directory again, and got nothing back; `scim.user_created`: an identity provider has pushed a user; `scim.user_changed`: it says something else of a user; `scim.user_deleted`: it has deleted a user; `scim.group_created`: an identity provider has pushed a group; `scim.group_changed`: a group has another name or other members; `scim.group_deleted`: it has deleted a group; `key.created`: an API key was made; `key.rotated`: an API key got another secret; the one before stays good for the overlap; `key.revoked`: an API key was revoked; `webhook.created`: an endpoint is told of events from now on; `webhook.changed`: where, or of what, it is told was changed; `webhook.deleted`: it is told no more, and its deliveries are forgotten; `webhook.secret_rotated`: it got another signing secret; `webhook.tested`: somebody had a `ping` sent to it; `webhook.redelivered`: somebody had deliveries sent once more; `webhook.paused`: nothing is sent to it: somebody asked for that, it failed for three days, or it answered 410; `webhook.resumed`: what waited is sent; `ticket.refused`: what a ticket asked for, or somebody said in it, was refused; the ticket is told */
                type?: "request.created" | "decision.recorded" | "request.escalated" | "request.approved" | "request.denied" | "request.withdrawn" | "request.expired" | "request.commented" | "request.database_matched" | "grant.opened" | "grant.emergency" | "grant.extended" | "grant.kept" | "review.opened" | "review.signed" | "review.lapsed" | "grant.started" | "grant.activated" | "grant.ends_soon" | "grant.ending" | "grant.ended" | "iam.write.intended" | "iam.write.accepted" | "iam.write.done" | "iam.write.failed" | "iam.write.unknown" | "target.attention_raised" | "target.attention_cleared" | "target.drift_found" | "target.orphan_found" | "target.guarded" | "target.unguarded" | "target.changed_hands" | "database.found" | "database.changed" | "database.gone" | "database.returned" | "catalog.sync_asked" | "authority.refused" | "rules.activated" | "rules.proposed" | "rules.taken_back" | "identity.linked" | "identity.unlinked" | "identity.groups_changed" | "person.left" | "person.returned" | "scim.user_created" | "scim.user_changed" | "scim.user_deleted" | "scim.group_created" | "scim.group_changed" | "scim.group_deleted" | "key.created" | "key.rotated" | "key.revoked" | "webhook.created" | "webhook.changed" | "webhook.deleted" | "webhook.secret_rotated" | "webhook.tested" | "webhook.redelivered" | "webhook.paused" | "webhook.resumed" | "ticket.refused";
                /** @description Only what this person did. */
                person?: string;
                request?: string;
                grant?: string;
                target?: string;
                /** @description From this time on. */
                since?: string;
                /** @description Before this time. */
                until?: string;
            };
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPage"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`). The cursor is not one that this list gave (`invalid_cursor`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the person acted for, where the credential is an API key that may act for people. */
                "Sallyport-On-Behalf-Of"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEvent"];
                };
            };
            /** @description The request does not fit its schema (`invalid_request`) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid credential (`unauthenticated`) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The person acted for is not known (`unknown_person`). This login belongs to nobody of the directory (`identity_not_linked`). The credential lacks a scope (`missing_scope`). This is not yours to do (`not_permitted`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such audit event (`audit_event_not_found`) */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong in Sallyport (`internal_error`) */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuer of the token cannot be reached (`issuer_unavailable`). Postgres cannot be reached (`database_unavailable`). Sallyport is not ready (`not_ready`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "webhook.request.created": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "request.created";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.request.escalated": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "request.escalated";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                        /** @description The stages that ask others too. `GET /v1/requests/{id}` has who that is by name. */
                        escalation: {
                            stages: {
                                turn: number;
                                /** @description Who was asked before. */
                                from: {
                                    groups: string[];
                                    people: string[];
                                };
                                /** @description Who is asked too from now on. */
                                to: {
                                    groups: string[];
                                    people: string[];
                                };
                                /**
                                 * @description For how long it had waited, as an ISO 8601 duration.
                                 * @example PT1H
                                 */
                                after: string;
                            }[];
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.request.approved": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "request.approved";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.request.denied": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "request.denied";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.request.withdrawn": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "request.withdrawn";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.request.expired": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "request.expired";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.request.commented": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "request.commented";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                        comment: {
                            /** @example cmt_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.decision.recorded": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "decision.recorded";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                        decision: {
                            /** @enum {string} */
                            verdict: "approve" | "deny";
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.grant.opened": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "grant.opened";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        grant: {
                            /** @example 123456789012 */
                            account: string;
                            /** @example us-east-2 */
                            region: string;
                            /**
                             * @description Null: every database of the region.
                             * @example dbs_01kazv5vb4pex5vsknk084sn02
                             */
                            database: string | null;
                            /**
                             * @description As a policy names it.
                             * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                             */
                            resource: string;
                            /** @example db_user */
                            dbUser: string;
                            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            request: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            endsAt: string;
                            /**
                             * @description After the event.
                             * @enum {string}
                             */
                            status: "scheduled" | "applying" | "active" | "revoking" | "ended";
                            endReason: ("expired" | "revoked" | "returned" | "rules_changed" | "ticket_closed" | "unreviewed" | "reviewed" | "left") | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.grant.started": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "grant.started";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        grant: {
                            /** @example 123456789012 */
                            account: string;
                            /** @example us-east-2 */
                            region: string;
                            /**
                             * @description Null: every database of the region.
                             * @example dbs_01kazv5vb4pex5vsknk084sn02
                             */
                            database: string | null;
                            /**
                             * @description As a policy names it.
                             * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                             */
                            resource: string;
                            /** @example db_user */
                            dbUser: string;
                            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            request: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            endsAt: string;
                            /**
                             * @description After the event.
                             * @enum {string}
                             */
                            status: "scheduled" | "applying" | "active" | "revoking" | "ended";
                            endReason: ("expired" | "revoked" | "returned" | "rules_changed" | "ticket_closed" | "unreviewed" | "reviewed" | "left") | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.grant.activated": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "grant.activated";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        grant: {
                            /** @example 123456789012 */
                            account: string;
                            /** @example us-east-2 */
                            region: string;
                            /**
                             * @description Null: every database of the region.
                             * @example dbs_01kazv5vb4pex5vsknk084sn02
                             */
                            database: string | null;
                            /**
                             * @description As a policy names it.
                             * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                             */
                            resource: string;
                            /** @example db_user */
                            dbUser: string;
                            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            request: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            endsAt: string;
                            /**
                             * @description After the event.
                             * @enum {string}
                             */
                            status: "scheduled" | "applying" | "active" | "revoking" | "ended";
                            endReason: ("expired" | "revoked" | "returned" | "rules_changed" | "ticket_closed" | "unreviewed" | "reviewed" | "left") | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.grant.extended": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "grant.extended";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        grant: {
                            /** @example 123456789012 */
                            account: string;
                            /** @example us-east-2 */
                            region: string;
                            /**
                             * @description Null: every database of the region.
                             * @example dbs_01kazv5vb4pex5vsknk084sn02
                             */
                            database: string | null;
                            /**
                             * @description As a policy names it.
                             * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                             */
                            resource: string;
                            /** @example db_user */
                            dbUser: string;
                            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            request: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            endsAt: string;
                            /**
                             * @description After the event.
                             * @enum {string}
                             */
                            status: "scheduled" | "applying" | "active" | "revoking" | "ended";
                            endReason: ("expired" | "revoked" | "returned" | "rules_changed" | "ticket_closed" | "unreviewed" | "reviewed" | "left") | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.grant.ends_soon": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "grant.ends_soon";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        grant: {
                            /** @example 123456789012 */
                            account: string;
                            /** @example us-east-2 */
                            region: string;
                            /**
                             * @description Null: every database of the region.
                             * @example dbs_01kazv5vb4pex5vsknk084sn02
                             */
                            database: string | null;
                            /**
                             * @description As a policy names it.
                             * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                             */
                            resource: string;
                            /** @example db_user */
                            dbUser: string;
                            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            request: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            endsAt: string;
                            /**
                             * @description After the event.
                             * @enum {string}
                             */
                            status: "scheduled" | "applying" | "active" | "revoking" | "ended";
                            endReason: ("expired" | "revoked" | "returned" | "rules_changed" | "ticket_closed" | "unreviewed" | "reviewed" | "left") | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.grant.ending": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "grant.ending";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        grant: {
                            /** @example 123456789012 */
                            account: string;
                            /** @example us-east-2 */
                            region: string;
                            /**
                             * @description Null: every database of the region.
                             * @example dbs_01kazv5vb4pex5vsknk084sn02
                             */
                            database: string | null;
                            /**
                             * @description As a policy names it.
                             * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                             */
                            resource: string;
                            /** @example db_user */
                            dbUser: string;
                            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            request: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            endsAt: string;
                            /**
                             * @description After the event.
                             * @enum {string}
                             */
                            status: "scheduled" | "applying" | "active" | "revoking" | "ended";
                            endReason: ("expired" | "revoked" | "returned" | "rules_changed" | "ticket_closed" | "unreviewed" | "reviewed" | "left") | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.grant.ended": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "grant.ended";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        grant: {
                            /** @example 123456789012 */
                            account: string;
                            /** @example us-east-2 */
                            region: string;
                            /**
                             * @description Null: every database of the region.
                             * @example dbs_01kazv5vb4pex5vsknk084sn02
                             */
                            database: string | null;
                            /**
                             * @description As a policy names it.
                             * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                             */
                            resource: string;
                            /** @example db_user */
                            dbUser: string;
                            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            request: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            endsAt: string;
                            /**
                             * @description After the event.
                             * @enum {string}
                             */
                            status: "scheduled" | "applying" | "active" | "revoking" | "ended";
                            endReason: ("expired" | "revoked" | "returned" | "rules_changed" | "ticket_closed" | "unreviewed" | "reviewed" | "left") | null;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.grant.emergency": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "grant.emergency";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                        /** @description `GET /v1/reviews/{id}` has the rest. */
                        review: {
                            /** @example rev_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            kind: "emergency" | "standing";
                            reviewers: {
                                groups: string[];
                                people: string[];
                            };
                            /** @description When standing access ends unless it is kept; null for emergency access. */
                            dueAt?: string | null;
                            /** @enum {string} */
                            outcome?: "justified" | "unjustified" | "keep" | "end";
                        };
                        /** @description Who is to be told, besides the reviewers, as the rule says. */
                        notify: {
                            groups: string[];
                            people: string[];
                            channels: string[];
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.review.opened": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "review.opened";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                        /** @description `GET /v1/reviews/{id}` has the rest. */
                        review: {
                            /** @example rev_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            kind: "emergency" | "standing";
                            reviewers: {
                                groups: string[];
                                people: string[];
                            };
                            /** @description When standing access ends unless it is kept; null for emergency access. */
                            dueAt?: string | null;
                            /** @enum {string} */
                            outcome?: "justified" | "unjustified" | "keep" | "end";
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.review.signed": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "review.signed";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                        /** @description `GET /v1/reviews/{id}` has the rest. */
                        review: {
                            /** @example rev_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            kind: "emergency" | "standing";
                            reviewers: {
                                groups: string[];
                                people: string[];
                            };
                            /** @description When standing access ends unless it is kept; null for emergency access. */
                            dueAt?: string | null;
                            /** @enum {string} */
                            outcome?: "justified" | "unjustified" | "keep" | "end";
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.review.lapsed": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "review.lapsed";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        /** @description What was asked for. Reasons, comments and tickets are not sent: `GET /v1/requests/{id}` has them. */
                        request: {
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            status: "pending" | "approved" | "denied" | "withdrawn" | "expired";
                            /** @example developer */
                            requester: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            entitlements: {
                                /** @example 123456789012 */
                                account: string;
                                /** @example us-east-2 */
                                region: string;
                                /**
                                 * @description Null: every database of the region.
                                 * @example dbs_01kazv5vb4pex5vsknk084sn02
                                 */
                                database: string | null;
                                /**
                                 * @description As a policy names it.
                                 * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                                 */
                                resource: string;
                                /** @example db_user */
                                dbUser: string;
                            }[];
                        };
                        /** @description `GET /v1/reviews/{id}` has the rest. */
                        review: {
                            /** @example rev_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            kind: "emergency" | "standing";
                            reviewers: {
                                groups: string[];
                                people: string[];
                            };
                            /** @description When standing access ends unless it is kept; null for emergency access. */
                            dueAt?: string | null;
                            /** @enum {string} */
                            outcome?: "justified" | "unjustified" | "keep" | "end";
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.target.attention_raised": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "target.attention_raised";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        attention: {
                            /** @example aws_denied */
                            code: string;
                            message?: string;
                        };
                        /** @description The grants that the target held when this was made into a message. */
                        grants: {
                            /** @example 123456789012 */
                            account: string;
                            /** @example us-east-2 */
                            region: string;
                            /**
                             * @description Null: every database of the region.
                             * @example dbs_01kazv5vb4pex5vsknk084sn02
                             */
                            database: string | null;
                            /**
                             * @description As a policy names it.
                             * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                             */
                            resource: string;
                            /** @example db_user */
                            dbUser: string;
                            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            request: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            endsAt: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.target.attention_cleared": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "target.attention_cleared";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        attention: {
                            /** @example aws_denied */
                            code: string;
                            message?: string;
                        };
                        /** @description The grants that the target held when this was made into a message. */
                        grants: {
                            /** @example 123456789012 */
                            account: string;
                            /** @example us-east-2 */
                            region: string;
                            /**
                             * @description Null: every database of the region.
                             * @example dbs_01kazv5vb4pex5vsknk084sn02
                             */
                            database: string | null;
                            /**
                             * @description As a policy names it.
                             * @example arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user
                             */
                            resource: string;
                            /** @example db_user */
                            dbUser: string;
                            /** @example grt_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @example req_01kazv5vb4pex5vsknk084sn02 */
                            request: string;
                            /** @example developer */
                            beneficiary: string;
                            /** @example arn:aws:iam::123456789012:role/app-reader */
                            principal: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-24T12:00:00.000Z
                             */
                            endsAt: string;
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.rules.activated": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "rules.activated";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        rules: {
                            /** @description Of the rule set that came into force, waits to be confirmed, or waits no more. `GET /v1/rules` has what changes by it. */
                            hash: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.rules.proposed": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "rules.proposed";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        rules: {
                            /** @description Of the rule set that came into force, waits to be confirmed, or waits no more. `GET /v1/rules` has what changes by it. */
                            hash: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.rules.taken_back": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "rules.taken_back";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        rules: {
                            /** @description Of the rule set that came into force, waits to be confirmed, or waits no more. `GET /v1/rules` has what changes by it. */
                            hash: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.webhook.paused": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "webhook.paused";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        webhook: {
                            /** @example whk_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            because?: "asked" | "failing" | "gone";
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhook.ping": {
        parameters: {
            query?: never;
            header: {
                /** @description The same at every attempt: by it a message that comes twice is known. */
                "webhook-id": string;
                /** @description When this attempt was made, in seconds since 1970. Refuse one more than five minutes away. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two of them, with a space between, while a secret is replaced. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    type: "ping";
                    /**
                     * Format: date-time
                     * @description When it happened.
                     * @example 2026-11-24T12:00:00.000Z
                     */
                    timestamp: string;
                    data: {
                        /**
                         * @description Of what is in `data`. Fields may be added to it; none is taken away or changes its meaning.
                         * @constant
                         */
                        version: 1;
                        /**
                         * @description The audit event, and the `webhook-id`.
                         * @example evt_01kazv5vb4pex5vsknk084sn02
                         */
                        event: string;
                        /** @description Grows with the order in which events were recorded, with gaps. Messages may come in any order. */
                        seq: number;
                        actor: {
                            /** @enum {string} */
                            kind: "person" | "service" | "system";
                            person: string | null;
                            via: string;
                        };
                        webhook: {
                            /** @example whk_01kazv5vb4pex5vsknk084sn02 */
                            id: string;
                            /** @enum {string} */
                            because?: "asked" | "failing" | "gone";
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Any 2xx within 15 seconds: it has been received. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing more is wanted: the webhook is paused. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, redirects included: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}

/** What a problem can be, by its stable name. */
export type ProblemCode =
    | "malformed_json"
    | "invalid_request"
    | "invalid_cursor"
    | "invalid_filter"
    | "invalid_path"
    | "invalid_idempotency_key"
    | "unauthenticated"
    | "invalid_signature"
    | "stale_delivery"
    | "unknown_person"
    | "identity_not_linked"
    | "missing_scope"
    | "person_required"
    | "not_permitted"
    | "self_approval"
    | "not_an_approver"
    | "own_credential_required"
    | "not_a_reviewer"
    | "same_credential"
    | "scim_off"
    | "refused_by_rules"
    | "review_not_found"
    | "route_not_found"
    | "request_not_found"
    | "grant_not_found"
    | "database_not_found"
    | "account_not_found"
    | "audit_event_not_found"
    | "key_not_found"
    | "webhook_not_found"
    | "delivery_not_found"
    | "ticket_source_not_found"
    | "person_not_found"
    | "scim_not_found"
    | "method_not_allowed"
    | "body_too_large"
    | "unsupported_media_type"
    | "rules_not_pending"
    | "review_not_open"
    | "request_decided"
    | "already_decided_by_you"
    | "not_your_turn"
    | "too_many_comments"
    | "grant_ended"
    | "not_extendable"
    | "extension_waits"
    | "principal_replaced"
    | "quota_exceeded"
    | "key_not_valid"
    | "key_name_taken"
    | "webhook_paused"
    | "scim_conflict"
    | "idempotency_in_progress"
    | "idempotency_mismatch"
    | "invalid_arn"
    | "invalid_policy"
    | "invalid_db_user"
    | "invalid_duration"
    | "invalid_start"
    | "unknown_database"
    | "ambiguous_database"
    | "aurora_member"
    | "unknown_db_user"
    | "sync_off"
    | "iam_authentication_off"
    | "unknown_beneficiary"
    | "unknown_account"
    | "unknown_principal"
    | "unsupported_principal"
    | "permission_set_not_provisioned"
    | "unsupported_path"
    | "cross_account"
    | "invalid_ticket"
    | "invalid_webhook_url"
    | "approval_widens"
    | "internal_error"
    | "database_unavailable"
    | "aws_unavailable"
    | "aws_denied"
    | "issuer_unavailable"
    | "account_not_read"
    | "secret_key_missing"
    | "not_ready";
