import type { Command } from 'commander'
import { addAccess } from './access.ts'
import { addComment } from './comment.ts'
import { addConnect } from './connect.ts'
import { addDatabases } from './databases.ts'
import { addDecisions } from './decide.ts'
import { addExtend } from './extend.ts'
import { addList } from './list.ts'
import { addLogin } from './login.ts'
import { addMe } from './me.ts'
import { addRequest } from './request.ts'
import { addReturn } from './return.ts'
import { addReviews } from './reviews.ts'
import { addShow } from './show.ts'
import type { Terminal } from './terminal.ts'

export { accessInWords } from './access-in-words.ts'
export { processTerminal, type Terminal } from './terminal.ts'

/** The commands of people, which call the service as anybody can. */
export function addPersonalCommands(program: Command, terminal: Terminal): void {
  const groups = [
    addLogin,
    addMe,
    addDatabases,
    addRequest,
    addList,
    addShow,
    addDecisions,
    addComment,
    addReviews,
    addConnect,
    addExtend,
    addReturn,
    addAccess,
  ]
  for (const add of groups) add(program, terminal)
}
