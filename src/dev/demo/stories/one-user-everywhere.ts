import { oneUserEverywhere } from '../aws-page.ts'
import type { Story } from '../story.ts'

export const oneUserEverywhereStory: Story = {
  title: 'One database user of every database of a region; every user is more than the rules let anybody have',
  play: async ({ developer, dba, iam }) => {
    await developer.cannotAsk({ through: 'role/app-writer', as: ['*'], everywhere: true, duration: 'PT1H', reason: 'Curious' })
    const request = await developer.asks({
      through: 'role/app-writer',
      as: ['jane_doe'],
      everywhere: true,
      duration: 'PT1H',
      reason: 'Find a lost table',
    })
    const grants = await dba.approves(request)
    await iam.holds(['role/app-writer'], oneUserEverywhere)
    await developer.givesBack(grants, 'Found it')
    await iam.holdsNothing(['role/app-writer'])
  },
}
