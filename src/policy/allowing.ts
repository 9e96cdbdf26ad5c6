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
