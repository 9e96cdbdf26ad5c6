import { readFileSync } from 'node:fs'
import { type LoadedFile, readYaml } from '../../src/config/index.ts'

/** The parts of the demo's sallyport.yaml that tests change. */
export interface RuleFile {
  people: { id: string; groups: string[]; identities?: object[] }[]
  tickets?: object[]
  databases: { resourceId: string; [part: string]: unknown }[]
  accounts: object[]
  principals?: object[]
  databaseUsers?: object[]
  rules: { name: string; [part: string]: unknown }[]
}

export type RuleChange = (file: RuleFile) => void

const demo = readYaml(readFileSync(new URL('../../src/dev/demo/sallyport.yaml', import.meta.url), 'utf8'), 'sallyport.yaml')

/** The demo's rules with changes made to them. */
export function demoRules(...changes: readonly RuleChange[]): LoadedFile {
  const content = JSON.parse(JSON.stringify(demo.content)) as RuleFile // as the demo's file is written
  for (const change of changes) change(content)
  return readYaml(JSON.stringify(content), 'sallyport.yaml')
}

/** Another part of one rule. */
export const withRule =
  (name: string, parts: object): RuleChange =>
  (file) => {
    const rule = file.rules.find((each) => each.name === name)
    if (rule === undefined) throw new Error(`the demo has no rule ${name}`)
    Object.assign(rule, parts)
  }

/** One more rule, which denies. */
export const withDeny =
  (name: string, parts: object): RuleChange =>
  (file) =>
    file.rules.unshift({ name, effect: 'deny', ...parts })

export const withPerson =
  (id: string, ...groups: string[]): RuleChange =>
  (file) =>
    file.people.push({ id, groups })

/** Somebody has left the directory. */
export const withoutPerson =
  (id: string): RuleChange =>
  (file) => {
    file.people = file.people.filter((person) => person.id !== id)
  }

/** A database is no longer declared. */
export const withoutDatabase =
  (resourceId: string): RuleChange =>
  (file) => {
    file.databases = file.databases.filter((database) => database.resourceId !== resourceId)
  }

/** A database in an account of its own, which no principal of the demo is in. */
export const withDatabaseElsewhere: RuleChange = (file) => {
  file.accounts.push({ id: '210987654321', name: 'other', regions: ['us-east-2'] })
  file.databases.push({
    arn: 'arn:aws:rds:us-east-2:210987654321:cluster:elsewhere',
    resourceId: 'cluster-ELSEWHERE0123456789',
    engine: 'aurora-postgresql',
    host: 'elsewhere.example',
  })
}
