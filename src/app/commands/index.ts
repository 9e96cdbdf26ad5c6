import type { Command } from 'commander'
import { addCatalog } from './catalog.ts'
import { addKeys } from './keys.ts'
import { addPolicy } from './policy.ts'
import { addProcesses } from './processes.ts'
import { addRules } from './rules.ts'
import type { Shell } from './shell.ts'
import { addUpkeep } from './upkeep.ts'

/** The commands of operators. What a command stands on is loaded when it is said: `--help`, and people's commands, wait for none of it. */
export function addOperatorCommands(program: Command, shell: Shell): void {
  for (const add of [addProcesses, addUpkeep, addKeys, addCatalog, addRules, addPolicy]) add(program, shell)
}
