import type { Call, Service } from '../action.ts'
import type { XmlElement } from '../protocol/xml.ts'
import { assumeRole } from './assume-role.ts'

/** STS: who am I, and sessions of roles. */
export const sts: Service = {
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  version: '2011-06-15',
  actions: new Map([
    [
      'GetCallerIdentity',
      { effect: 'none', run: ({ caller }: Call): XmlElement => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn }) },
    ],
    ['AssumeRole', { effect: 'none', run: assumeRole }],
  ]),
}
