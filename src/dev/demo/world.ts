import type { EmulatedWorld } from '../../aws/index.ts'
import type { SallyportFile } from '../../config/index.ts'

const trusted = (account: string, externalId?: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'sts:AssumeRole',
      ...(externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
    },
  ],
})

/** What Sallyport's own role may do in the demo. */
const manageIam = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['iam:*', 'rds:Describe*'], Resource: '*' }] }

/** What AWS must hold for the demo: the databases that its sallyport.yaml declares, and the principals that it speaks of. */
export function demoWorld(file: SallyportFile): EmulatedWorld {
  const own = file.accounts.flatMap(({ id, roleArn, externalId }) =>
    roleArn === null
      ? []
      : [{ name: roleArn.slice(roleArn.lastIndexOf('/') + 1), trust: trusted(id, externalId ?? undefined), policy: manageIam }],
  )
  const applications = ['app-reader', 'app-writer'].map((name) => ({ name, trust: trusted('123456789012') }))
  return { roles: [...own, ...applications], users: ['developer'], databases: file.databases }
}
