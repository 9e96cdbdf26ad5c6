import { oneDatabaseUser } from '../aws-page.ts'
import type { Story } from '../story.ts'

export const expiryStory: Story = {
  title: 'Access that ends by itself, after five seconds',
  play: async ({ secondDeveloper, secondDba, iam }) => {
    const request = await secondDeveloper.asks({
      through: 'role/app-writer',
      as: ['db_user'],
      duration: 'PT5S',
      reason: 'One quick look',
    })
    const grants = await secondDba.approves(request)
    await iam.holds(['role/app-writer'], oneDatabaseUser)
    for (const grant of grants) await secondDeveloper.seesExpire(grant)
    await iam.holdsNothing(['role/app-writer'])
  },
}
