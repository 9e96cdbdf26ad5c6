import { describe, expect, test } from 'vitest'
import { isManaged, isOurs, managedPolicyArn, namesOn, ownerOf } from '../../src/policy/index.ts'

const account = { id: '123456789012', partition: 'aws' }
const deployment = 'rov7klwkfz'

describe.each(['AROARZPUZDIKB2HGICL77', 'y054d4d5uuw53gssasgq', 'AIDA_1'])('on an entity of the unique id %s', (uniqueId) => {
  const nameOf = namesOn(deployment, uniqueId)

  test('the policy of each place is known by its name again', () => {
    expect([0, 1, 10].map(nameOf).map((name) => [isOurs(deployment, uniqueId)(name), isManaged(name)])).toEqual([
      [true, false],
      [true, true],
      [true, true],
    ])
  })

  test('a managed policy tells by its ARN whom it was made for, and nobody of another deployment', () => {
    const arn = managedPolicyArn(account, deployment, nameOf(3))
    expect(ownerOf(account, deployment, arn)).toBe(uniqueId)
    expect(ownerOf(account, 'another', arn)).toBeNull()
    expect(ownerOf(account, deployment, `${arn}-x`)).toBeNull()
  })
})
