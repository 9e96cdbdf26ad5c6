import type { Environment } from '../config/index.ts'
import { migrate } from '../db/index.ts'

/** `sallyport migrate`: answers what to print. */
export async function migrateCommand({ ownerUrl }: Environment<'migrate'>): Promise<string> {
  const { applied, deploymentId } = await migrate(ownerUrl)
  const done = applied.length === 0 ? 'The schema is up to date' : `Applied ${applied.join(', ')}`
  return `${done}. This is deployment ${deploymentId}.`
}
