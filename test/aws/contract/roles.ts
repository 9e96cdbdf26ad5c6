import { expect, test } from 'vitest'
import { allow, type ContractWorld, tiny, trustPolicy } from './world.ts'

/** Roles that Sallyport makes. */
export function roleContract(world: ContractWorld): void {
  const trusting = (date: string) => trustPolicy.replace('"StringEquals"', `"DateLessThan":{"aws:CurrentTime":"${date}"},"StringEquals"`)
  const made = {
    name: `made-${world.suffix}`,
    path: '/sallyport/test/',
    description: 'Sallyport: made by a test',
    trustPolicy: trusting('2030-01-01T00:00:00Z'),
    sessionSeconds: 3_600,
    boundary: null,
    tags: { 'sallyport:deployment': 'test' },
  }
  const { name } = made

  test('a role is created, changed and deleted as it is asked', async () => {
    expect(await world.session.getRole(name)).toBeNull()
    await world.session.createRole(made, allow)
    const { name: _, description: __, ...shown } = made
    expect(await world.session.getRole(name)).toMatchObject({ ...shown, arn: `arn:aws:iam::123456789012:role/sallyport/test/${name}` })
    await expect(world.session.createRole(made, allow)).rejects.toMatchObject({ reason: 'conflict', answered: true })
    await world.session.putTrustPolicy(name, trusting('2031-01-01T00:00:00Z'), allow)
    await world.session.putSessionSeconds(name, 7_200, allow)
    expect(await world.session.getRole(name)).toMatchObject({ trustPolicy: trusting('2031-01-01T00:00:00Z'), sessionSeconds: 7_200 })
    await world.session.deleteRole(name, allow)
    await world.session.deleteRole(name, allow)
    expect(await world.session.getRole(name)).toBeNull()
  })

  test('its permissions boundary is told', async () => {
    const boundary = `arn:aws:iam::123456789012:policy/boundary-${world.suffix}`
    await world.session.createManagedPolicy({ name: `boundary-${world.suffix}`, path: '/', document: tiny }, allow)
    await world.session.createRole(made, allow)
    await world.session.putBoundary(name, boundary, allow)
    expect(await world.session.getRole(name)).toMatchObject({ boundary })
    await world.session.deleteRole(name, allow)
    await world.session.deleteManagedPolicy(boundary, allow)
  })

  test('one that has a policy cannot be deleted', async () => {
    await world.session.createRole(made, allow)
    await world.session.putInlinePolicy({ kind: 'role', name }, 'in-the-way', tiny, allow)
    await expect(world.session.deleteRole(name, allow)).rejects.toMatchObject({ reason: 'conflict', awsCode: 'DeleteConflict' })
    await world.session.deleteInlinePolicy({ kind: 'role', name }, 'in-the-way', allow)
    await world.session.deleteRole(name, allow)
  })
}
