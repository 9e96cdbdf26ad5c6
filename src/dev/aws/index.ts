export type { Fault } from './faults.ts'
export type { SeedCall } from './seed.ts'
export { type AwsStandIn, startAwsStandIn } from './stand-in.ts'
