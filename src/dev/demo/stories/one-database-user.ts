import { oneDatabaseUser } from '../aws-page.ts'
import type { Story } from '../story.ts'

export const oneDatabaseUserStory: Story = {
  title: 'One database user, as in the first example of AWS’s page; given back early',
  play: async ({ developer, dba, iam }) => {
    const request = await developer.asks({
      through: 'role/app-reader',
      as: ['db_user'],
      duration: 'PT1H',
      reason: 'Investigate slow invoices',
    })
    const grants = await dba.approves(request)
    await iam.holds(['role/app-reader'], oneDatabaseUser)
    await developer.givesBack(grants, 'Found it')
    await iam.holdsNothing(['role/app-reader'])
  },
}
