import type { Story } from '../story.ts'

export const ownRequestStory: Story = {
  title: 'Nobody approves what they asked for; and a denial',
  play: async ({ dba, secondDba, iam }) => {
    const request = await dba.asks({ through: 'role/app-reader', as: ['db_user'], duration: 'PT8H', reason: 'Curious' })
    await dba.cannotApprove(request, 'self_approval')
    await secondDba.denies(request, 'Not without a ticket')
    await iam.holdsNothing(['role/app-reader'])
  },
}
