import type { Grant } from '../answers.ts'
import { sharedDatabaseUser } from '../aws-page.ts'
import type { Story } from '../story.ts'

const principals = ['user/developer', 'role/app-reader', 'role/app-writer']

export const sharedDatabaseUserStory: Story = {
  title: 'Three principals, one user and two roles, with the same database user; revoked by an administrator',
  play: async ({ developer, dba, admin, iam }) => {
    const grants: Grant[] = []
    for (const through of principals) {
      const request = await developer.asks({ through, as: ['jane_doe'], duration: 'PT1H', reason: 'Release night' })
      grants.push(...(await dba.approves(request)))
    }
    await iam.holds(principals, sharedDatabaseUser)
    await admin.revokes(grants, 'The release is off')
    await iam.holdsNothing(principals)
  },
}
