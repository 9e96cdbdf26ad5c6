import { describe, expect, test } from 'vitest'
import type { IamEntity } from '../../../src/aws/index.ts'
import { allow, type ContractWorld, compact, policyOfLength, tiny, unusual } from './world.ts'

export function managedPolicyContract(world: ContractWorld): void {
  const path = `/sallyport/${world.suffix}/`
  const arnOf = (name: string) => `arn:aws:iam::123456789012:policy${path}${name}`
  const absent = arnOf('absent')
  const create = async (name: string, document = tiny): Promise<string> => {
    await world.session.createManagedPolicy({ name, path, document }, allow)
    return arnOf(name)
  }
  const remove = (...arns: readonly string[]) => Promise.all(arns.map((arn) => world.session.deleteManagedPolicy(arn, allow)))
  const versionsOf = async (arn: string) => {
    const found = await world.session.getManagedPolicy(arn)
    return [found?.version, ...(found?.spares ?? [])]
  }

  test('one that does not exist is null, and removing it or its versions is done', async () => {
    expect(await world.session.getManagedPolicy(absent)).toBeNull()
    await expect(world.session.deleteManagedPolicy(absent, allow)).resolves.toBeDefined()
    await expect(world.session.deletePolicyVersion(absent, 'v1', allow)).resolves.toBeDefined()
  })

  test('it has its path in its ARN, begins with v1, and its document comes back byte for byte', async () => {
    const receipt = await world.session.createManagedPolicy({ name: 'made', path, document: compact }, allow)
    expect(receipt.awsRequestId).toMatch(/\S/)
    expect(await world.session.getManagedPolicy(arnOf('made'))).toEqual({ document: compact, version: 'v1', spares: [] })
    await remove(arnOf('made'))
    expect(await world.session.getManagedPolicy(arnOf('made'))).toBeNull()
  })

  world.promises('percent signs in a document of a managed policy are kept', async () => {
    const arn = await create('unusual', unusual)
    const found = await world.session.getManagedPolicy(arn).finally(() => remove(arn))
    expect(found?.document).toBe(unusual)
  })

  test('one of the same name is a conflict', async () => {
    const arn = await create('twice')
    await expect(create('twice')).rejects.toMatchObject({ reason: 'conflict', awsCode: 'EntityAlreadyExists', answered: true })
    await remove(arn)
  })

  test('a new version is the default one, and the others are told from the oldest on', async () => {
    const arn = await create('versions')
    await world.session.createPolicyVersion(arn, unusual, allow)
    await world.session.createPolicyVersion(arn, compact, allow)
    expect(await world.session.getManagedPolicy(arn)).toEqual({ document: compact, version: 'v3', spares: ['v1', 'v2'] })
    for (const version of ['v1', 'v2']) await world.session.deletePolicyVersion(arn, version, allow)
    await remove(arn)
  })

  test('a sixth version is over the quota; one less, and there is room again, under a number that was never used', async () => {
    const arn = await create('full')
    for (const _ of ['v2', 'v3', 'v4', 'v5']) await world.session.createPolicyVersion(arn, compact, allow)
    const sixth = () => world.session.createPolicyVersion(arn, tiny, allow)
    await expect(sixth()).rejects.toMatchObject({ reason: 'quota', awsCode: 'LimitExceeded', answered: true })
    expect(await versionsOf(arn)).toEqual(['v5', 'v1', 'v2', 'v3', 'v4'])
    await world.session.deletePolicyVersion(arn, 'v1', allow)
    await sixth()
    expect(await versionsOf(arn)).toEqual(['v6', 'v2', 'v3', 'v4', 'v5'])
    for (const version of ['v2', 'v3', 'v4', 'v5']) await world.session.deletePolicyVersion(arn, version, allow)
    await expect(world.session.deletePolicyVersion(arn, 'v2', allow)).resolves.toBeDefined()
    await remove(arn)
  })

  const inTheWay = { reason: 'conflict', awsCode: 'DeleteConflict', answered: true }

  test('the default version cannot be deleted', async () => {
    const arn = await create('current')
    await expect(world.session.deletePolicyVersion(arn, 'v1', allow)).rejects.toMatchObject(inTheWay)
    await remove(arn)
  })

  world.promises('a policy that has other versions cannot be deleted', async () => {
    const arn = await create('kept')
    await world.session.createPolicyVersion(arn, compact, allow)
    await expect(world.session.deleteManagedPolicy(arn, allow)).rejects.toMatchObject(inTheWay)
    await world.session.deletePolicyVersion(arn, 'v1', allow)
    await remove(arn)
  })

  test('a document that is no policy is refused as malformed, and makes neither a policy nor a version', async () => {
    const malformed = { reason: 'malformed', awsCode: 'MalformedPolicyDocument', answered: true }
    await expect(create('broken', '{"Version":')).rejects.toMatchObject(malformed)
    expect(await world.session.getManagedPolicy(arnOf('broken'))).toBeNull()
    const arn = await create('whole')
    await expect(world.session.createPolicyVersion(arn, '{"Version":', allow)).rejects.toMatchObject(malformed)
    expect(await versionsOf(arn)).toEqual(['v1'])
    await remove(arn)
  })

  test('a version of one that is gone is refused as not_found', async () => {
    await expect(world.session.createPolicyVersion(absent, tiny, allow)).rejects.toMatchObject({ reason: 'not_found', answered: true })
  })

  world.promises('a document has 6,144 characters, and not one more', async () => {
    const made = [await create('largest', policyOfLength(6_144))]
    const tooLarge = create('too-large', policyOfLength(6_145)).then((arn) => made.push(arn))
    await expect(tooLarge.finally(() => remove(...made))).rejects.toMatchObject({ reason: 'quota', awsCode: 'LimitExceeded' })
  })

  describe.each([world.role, world.user, world.group])('on a $kind', (entity) => {
    const nobody: IamEntity = { ...entity, name: `nobody-${world.suffix}` }
    const named = (name: string) => `${entity.kind}-${name}`

    test('attaching shows, twice is once, and detaching takes it away', async () => {
      expect(await world.session.listAttachedPolicies(entity)).toEqual([])
      const arn = await create(named('attached'))
      for (const _ of ['once', 'again']) await world.session.attachPolicy(entity, arn, allow)
      expect(await world.session.listAttachedPolicies(entity)).toEqual([{ arn, name: named('attached') }])
      await world.session.detachPolicy(entity, arn, allow)
      expect(await world.session.listAttachedPolicies(entity)).toEqual([])
      await remove(arn)
    })

    world.promises(`a policy that is attached to a ${entity.kind} cannot be deleted`, async () => {
      const arn = await create(named('in-use'))
      await world.session.attachPolicy(entity, arn, allow)
      try {
        await expect(world.session.deleteManagedPolicy(arn, allow)).rejects.toMatchObject(inTheWay)
      } finally {
        if ((await world.session.getManagedPolicy(arn)) === null) await create(named('in-use')) // only what is there can be detached
        await world.session.detachPolicy(entity, arn, allow)
        await remove(arn)
      }
    })

    test('detaching what is not attached, or from nobody, is done', async () => {
      const arn = await create(named('loose'))
      await expect(world.session.detachPolicy(entity, arn, allow)).resolves.toBeDefined()
      await expect(world.session.detachPolicy(entity, absent, allow)).resolves.toBeDefined()
      await expect(world.session.detachPolicy(nobody, arn, allow)).resolves.toBeDefined()
      await remove(arn)
    })

    test('what does not exist has no list, and is not attached', async () => {
      const notFound = { reason: 'not_found', awsCode: 'NoSuchEntity', answered: true }
      expect(await world.session.listAttachedPolicies(nobody)).toBeNull()
      await expect(world.session.attachPolicy(entity, absent, allow)).rejects.toMatchObject(notFound)
      const arn = await create(named('without-entity'))
      await expect(world.session.attachPolicy(nobody, arn, allow)).rejects.toMatchObject(notFound)
      await remove(arn)
    })

    world.promises(`ten managed policies can be attached to a ${entity.kind}, and not one more`, async () => {
      const arns: string[] = []
      for (let number = 0; number <= 10; number += 1) arns.push(await create(named(`many-${number}`)))
      try {
        for (const arn of arns.slice(0, 10)) await world.session.attachPolicy(entity, arn, allow)
        const eleventh = world.session.attachPolicy(entity, arns[10] ?? '', allow)
        await expect(eleventh).rejects.toMatchObject({ reason: 'quota', awsCode: 'LimitExceeded', answered: true })
      } finally {
        for (const arn of arns) await world.session.detachPolicy(entity, arn, allow)
        await remove(...arns)
      }
    })
  })
}
