import type { RuleChange } from '../support/rules.ts'

/** The members of the workspace, and its channel for approvers. */
export const asked = {
  TEAM: 'T0TEAM',
  CHANNEL: 'C0APPROVERS',
  DEVELOPER: 'U0DEVELOPER',
  DBA: 'U0DBA',
  DBA2: 'U0DBATWO',
  SECURITY: 'U0SECURITY',
} as const

const members: Readonly<Record<string, string>> = {
  developer: asked.DEVELOPER,
  dba: asked.DBA,
  'dba-2': asked.DBA2,
  security: asked.SECURITY,
}

/** The demo's rules with a workspace, and people who are members of it. */
export const workspace =
  (settings: object = { channel: asked.CHANNEL }): RuleChange =>
  (file) => {
    Object.assign(file, {
      slack: { team: asked.TEAM, ...settings },
      people: file.people.map((person) => {
        const subject = members[person.id]
        return subject === undefined ? person : { ...person, identities: [{ issuer: `slack:${asked.TEAM}`, subject }] }
      }),
    })
  }

/** The form as somebody fills it in. */
export const filledIn = (databaseId: string, changes: object = {}) => ({
  database: { selected_option: { value: databaseId } },
  dbUser: { value: 'db_user' },
  arn: { value: 'arn:aws:iam::123456789012:role/app-reader' },
  duration: { selected_option: { value: 'PT1H' } },
  reason: { value: 'Investigate slow invoices' },
  ticket: { value: 'jira OPS-17' },
  ...changes,
})
