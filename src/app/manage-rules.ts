import { type Environment, loadSallyportFile } from '../config/index.ts'
import { connect } from '../db/index.ts'
import { adoptRuleSet } from '../identity/index.ts'
import { declare } from './declare.ts'

/** `sallyport rules check`: answers what to print; throws a ConfigError with every problem. */
export async function checkRulesCommand(path: string): Promise<string> {
  const { file } = await loadSallyportFile(path)
  const count = (items: readonly unknown[], one: string) => `${items.length} ${one}${items.length === 1 ? '' : 's'}`
  return `${path} is good: ${count(file.accounts, 'account')}, ${count(file.databases, 'database')}, ${count(file.people, 'person').replace('persons', 'people')}, ${count(file.rules, 'rule')}.`
}

/** `sallyport rules activate`: brings sallyport.yaml into force, one that was in force before too. */
export async function activateRulesCommand({ databaseUrl, configPath }: Environment<'rules activate'>): Promise<string> {
  const loaded = await loadSallyportFile(configPath)
  const db = connect({ connectionString: databaseUrl, applicationName: 'sallyport rules', poolSize: 2, onIdleError: () => {} })
  try {
    const actor = { kind: 'system', person: null, credential: 'operator', via: 'cli' } as const
    const { hash } = await adoptRuleSet(db, declare)({ loaded, force: true }, actor)
    return `${configPath} is in force as rule set ${hash}.`
  } finally {
    await db.close()
  }
}
