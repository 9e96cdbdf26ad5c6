import { afterEach, expect, test, vi } from 'vitest'
import { type Aws, createAws } from '../../src/aws/index.ts'
import { account, credentials } from './contract/world.ts'
import { assumedRole, type ScriptedEndpoint, scriptedEndpoint } from './scripted-endpoint.ts'

const role = { kind: 'role', name: 'app-reader' } as const
const opened: (Aws | ScriptedEndpoint)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const each of opened.splice(0)) await each.close()
})

function awsAt(server: ScriptedEndpoint): Aws {
  const aws = createAws({ endpoint: server.url, region: 'us-east-2', credentials })
  opened.push(aws, server)
  return aws
}

test('an account in which AWS answers nothing does not hold up another', async () => {
  const silent = Array.from({ length: 16 }, () => 'silence' as const)
  const server = await scriptedEndpoint('silence', ...silent.slice(1), 'success')
  const aws = awsAt(server)
  const stuck = Array.from({ length: 40 }, () =>
    aws
      .session(account)
      .deleteInlinePolicy(role, 'x', () => {})
      .catch(() => 'cut off'),
  )
  await vi.waitUntil(() => server.calls.length === 16) // all the connections that one account may have
  const other = aws.session({ ...account, id: '210987654321' })
  await expect(other.deleteInlinePolicy(role, 'x', () => {})).resolves.toBeDefined()
  expect(server.calls).toHaveLength(17)
  await server.close()
  opened.splice(opened.indexOf(server), 1)
  aws.close()
  expect(new Set(await Promise.all(stuck))).toEqual(new Set(['cut off']))
})

test('a role is assumed with the account’s external id, under the plan’s name, for as short as STS allows', async () => {
  const server = await scriptedEndpoint(assumedRole, 'success')
  const assuming = { ...account, roleArn: 'arn:aws:iam::123456789012:role/sallyport', externalId: 'ours' }
  await awsAt(server)
    .session(assuming, 'pln_01h455vb4pex5vsknk084sn02q')
    .deleteInlinePolicy(role, 'x', () => {})
  expect(Object.fromEntries(server.parameters[0] ?? [])).toMatchObject({
    Action: 'AssumeRole',
    RoleArn: assuming.roleArn,
    RoleSessionName: 'sallyport-pln_01h455vb4pex5vsknk084sn02q',
    ExternalId: 'ours',
    DurationSeconds: '900',
  })
})

test('credentials about to run out are renewed before the next call', async () => {
  const hour = new Date(Date.now() + 3_600_000).toISOString()
  const anHour = { status: 200, body: assumedRole.body.replace(/<Expiration>.*<\/Expiration>/, `<Expiration>${hour}</Expiration>`) }
  const server = await scriptedEndpoint(anHour, 'success', 'success', assumedRole, 'success')
  const session = awsAt(server).session({ ...account, roleArn: 'arn:aws:iam::123456789012:role/sallyport' })
  for (const name of ['a', 'b']) await session.deleteInlinePolicy(role, name, () => {})
  vi.setSystemTime(Date.now() + 3_400_000)
  await session.deleteInlinePolicy(role, 'c', () => {})
  expect(server.calls).toEqual(['AssumeRole', 'DeleteRolePolicy', 'DeleteRolePolicy', 'AssumeRole', 'DeleteRolePolicy'])
  expect(server.parameters[0]?.get('RoleSessionName')).toBe('sallyport')
})
