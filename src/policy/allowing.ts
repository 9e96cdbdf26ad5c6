import type { Policy } from './policy.ts'

/** A policy of one statement, which allows this action on this resource, or these patterns of both, and nothing else. */
export const allowing = (action: string, resource: string): Policy => ({
  version: '2012-10-17',
  statements: [
    {
      index: 0,
      pointer: '/Statement',
      sid: null,
      effect: 'Allow',
      principals: null,
      actions: { negated: false, patterns: [action], pointers: ['/Statement/Action'] },
      resources: { negated: false, patterns: [resource], pointers: ['/Statement/Resource'] },
      conditions: [],
    },
  ],
})

/** A policy of one statement, which denies an action on everything but these resources. */
export function denyingAllBut(action: string, resources: readonly string[]): Policy {
  const { version, statements } = allowing(action, '*')
  const spared = { negated: true, patterns: [...resources], pointers: resources.map((_, index) => `/Statement/NotResource/${index}`) }
  const listed = resources.length === 0 ? {} : { resources: spared }
  return { version, statements: statements.map((statement) => ({ ...statement, effect: 'Deny', ...listed })) }
}
