import { type Environment, loadSallyportFile } from '../config/index.ts'
import { connect } from '../db/index.ts'
import { adoptRuleSet } from '../identity/index.ts'
import { changesInWords } from '../rules/index.ts'
import { declare } from './declare.ts'

/** `sallyport rules check`: answers what to print; throws a ConfigError with every problem. */
export async function checkRulesCommand(path: string): Promise<string> {
  const { file } = await loadSallyportFile(path)
  const count = (items: readonly unknown[], one: string) => `${items.length} ${one}${items.length === 1 ? '' : 's'}`
  return `${path} is good: ${count(file.accounts, 'account')}, ${count(file.databases, 'database')}, ${count(file.people, 'person').replace('persons', 'people')}, ${count(file.rules, 'rule')}.`
}

/**
 * `sallyport rules activate`: brings sallyport.yaml into force, one that was in force before too, or has it wait where the
 * rules in force want it confirmed. Answers what came of it, and what it changes.
 */
export async function activateRulesCommand(
  { databaseUrl, configPath }: Environment<'rules activate'>,
  { withoutConfirmation }: { readonly withoutConfirmation: boolean },
): Promise<string> {
  const loaded = await loadSallyportFile(configPath)
  const db = connect({ connectionString: databaseUrl, applicationName: 'sallyport rules', poolSize: 2, onIdleError: () => {} })
  try {
    const actor = { kind: 'system', person: null, credential: 'operator', via: 'cli' } as const
    const { hash, pending, activeHash, changes } = await adoptRuleSet(db, declare)({ loaded, force: true, withoutConfirmation }, actor)
    const said = pending
      ? `${configPath} waits to be confirmed as rule set ${hash}; ${activeHash} stays in force until then.`
      : `${configPath} is in force as rule set ${hash}.`
    return [said, ...(changes === null ? [] : changesInWords(changes).map((line) => `  ${line}`))].join('\n')
  } finally {
    await db.close()
  }
}
