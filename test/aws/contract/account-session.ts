import { describe } from 'vitest'
import { accountDetailsContract } from './account-details.ts'
import { inlinePolicyContract } from './inline-policies.ts'
import { managedPolicyContract } from './managed-policies.ts'
import { principalContract } from './principals.ts'
import { roleContract } from './roles.ts'
import { contractWorld, type Deviations } from './world.ts'

/**
 * What AccountSession promises, asked of whatever answers at `endpoint()` for account 123456789012: the stand-in and moto alike.
 * It makes its own entities there by the SDK, and takes them away again.
 */
export function accountSessionContract(endpoint: () => string, deviations: Deviations = {}): void {
  const world = contractWorld(endpoint, deviations)
  describe('principals', () => principalContract(world))
  describe('inline policies', () => inlinePolicyContract(world))
  describe('managed policies', () => managedPolicyContract(world))
  describe('roles', () => roleContract(world))
  describe('the whole account', () => accountDetailsContract(world))
}
