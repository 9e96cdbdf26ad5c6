import { twoDatabaseUsers } from '../aws-page.ts'
import type { Story } from '../story.ts'

export const twoDatabaseUsersStory: Story = {
  title: 'Two database users in one policy; revoked by an approver',
  play: async ({ developer, dba, secondDba, iam }) => {
    const request = await developer.asks({
      through: 'role/app-writer',
      as: ['mary_roe', 'jane_doe'],
      duration: 'PT2H',
      reason: 'Compare two accounts',
    })
    const grants = await dba.approves(request)
    await iam.holds(['role/app-writer'], twoDatabaseUsers)
    await secondDba.revokes(grants, 'Maintenance begins')
    await iam.holdsNothing(['role/app-writer'])
  },
}
