export type { AccountSession, Aws, AwsAccount, IamEntity, WriteGuard, WriteReceipt } from './account-session.ts'
export { type AwsOptions, createAws } from './create-aws.ts'
export { type EmulatedWorld, makeEmulatedWorld } from './emulator.ts'
export { AwsError, type AwsErrorReason } from './errors.ts'
