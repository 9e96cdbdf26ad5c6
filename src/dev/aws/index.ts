export type { Fault } from './faults.ts'
export { type AwsStandIn, startAwsStandIn } from './stand-in.ts'
