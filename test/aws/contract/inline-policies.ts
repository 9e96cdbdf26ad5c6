import { describe, expect, test } from 'vitest'
import type { IamEntity } from '../../../src/aws/index.ts'
import { allow, type ContractWorld, compact, policyOfLength, tiny, unusual } from './world.ts'

export function inlinePolicyContract(world: ContractWorld): void {
  describe.each([
    { entity: world.role, many: 105, quota: 10_240 }, // IAM's page has 100
    { entity: world.user, many: 20, quota: 2_048 }, // a user's quota has no room for more
    { entity: world.group, many: 50, quota: 5_120 },
  ])('of a $entity.kind', ({ entity, many, quota }) => {
    const nobody: IamEntity = { ...entity, name: `nobody-${world.suffix}` }

    test('an entity that does not exist is null, not an error', async () => {
      expect(await world.session.getPrincipal(nobody)).toBeNull()
      expect(await world.session.listInlinePolicies(nobody)).toBeNull()
    })

    test('an entity without inline policies has an empty list', async () => {
      expect(await world.session.listInlinePolicies(entity)).toEqual([])
    })

    test('a document comes back byte for byte, replaced by the next one, and is gone when deleted', async () => {
      for (const document of [unusual, compact]) {
        const receipt = await world.session.putInlinePolicy(entity, 'sallyport-x', document, allow)
        expect(receipt.awsRequestId).toMatch(/\S/)
        expect(await world.session.listInlinePolicies(entity)).toEqual([{ name: 'sallyport-x', document }])
      }
      await world.session.deleteInlinePolicy(entity, 'sallyport-x', allow)
      expect(await world.session.listInlinePolicies(entity)).toEqual([])
    })

    test('all policies are listed, however many pages they take', async () => {
      const names = Array.from({ length: many }, (_, index) => `policy-${index}`)
      await Promise.all(names.map((name) => world.session.putInlinePolicy(entity, name, tiny, allow)))
      const listed = await world.session.listInlinePolicies(entity)
      expect(listed?.map((policy) => policy.name).sort()).toEqual(names.toSorted())
      expect(listed?.every((policy) => policy.document === tiny)).toBe(true)
      await Promise.all(names.map((name) => world.session.deleteInlinePolicy(entity, name, allow)))
    })

    test('deleting what is not there is done', async () => {
      await expect(world.session.deleteInlinePolicy(entity, 'sallyport-never', allow)).resolves.toBeDefined()
      await expect(world.session.deleteInlinePolicy(nobody, 'sallyport-never', allow)).resolves.toBeDefined()
    })

    test('putting on an entity that is gone is refused as not_found', async () => {
      await expect(world.session.putInlinePolicy(nobody, 'sallyport-x', tiny, allow)).rejects.toMatchObject({
        reason: 'not_found',
        awsCode: 'NoSuchEntity',
        answered: true,
      })
    })

    test('a document that is no policy is refused as malformed', async () => {
      await expect(world.session.putInlinePolicy(entity, 'sallyport-x', '{"Version":', allow)).rejects.toMatchObject({
        reason: 'malformed',
        awsCode: 'MalformedPolicyDocument',
        answered: true,
      })
    })

    world.promises(`the inline policies of a ${entity.kind} have ${quota} characters in aggregate, and not one more`, async () => {
      const half = quota / 2
      try {
        await world.session.putInlinePolicy(entity, 'one', policyOfLength(half), allow)
        await world.session.putInlinePolicy(entity, 'other', policyOfLength(half), allow)
        await expect(world.session.putInlinePolicy(entity, 'other', policyOfLength(half + 1), allow)).rejects.toMatchObject({
          reason: 'quota',
          awsCode: 'LimitExceeded',
        })
      } finally {
        for (const name of ['one', 'other']) await world.session.deleteInlinePolicy(entity, name, allow)
      }
    })
  })
}
