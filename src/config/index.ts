export type { AddressRange } from './address-ranges.ts'
export { ConfigError } from './config-error.ts'
export { type Environment, loadEnvironment } from './environment.ts'
export {
  type Account,
  type DeclaredDatabase,
  type GuardedPrincipal,
  type IdentityCenterConfig,
  type SallyportFile,
  sallyportFileJsonSchema,
} from './file-schema.ts'
export { type Issuer, isLoopbackIssuer } from './issuer-schema.ts'
export { type CaseDatabase, type Hypothesis, loadRuleCases, type RuleCase } from './rule-cases.ts'
export { type LoadedFile, loadSallyportFile, readContent, readYaml } from './sallyport-file.ts'
export { knownGroups } from './sense-of-people.ts'
export type { SlackSettings } from './slack-environment.ts'
export { type SlackConfig, slackIssuer } from './slack-schema.ts'
export { suggestion } from './suggestion.ts'
export { type FindTicketCredentials, ticketCredentials, ticketVariables } from './ticket-credentials.ts'
export {
  DELETED,
  type FieldSource,
  type HmacForm,
  requestFields,
  type TicketField,
  type TicketSource,
  ticketFields,
  ticketIssuer,
  type When,
} from './ticket-schema.ts'
