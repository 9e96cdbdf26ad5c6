export { openReview } from './open-review.ts'
export { lookAfterReviews } from './review-store.ts'
export type { ReviewNow } from './sign-review.ts'
