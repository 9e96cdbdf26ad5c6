export { ConfigError } from './config-error.ts'
export { type Environment, loadEnvironment } from './environment.ts'
export { type Account, type DeclaredDatabase, type SallyportFile, sallyportFileJsonSchema } from './file-schema.ts'
export { type LoadedFile, loadSallyportFile, readContent, readYaml } from './sallyport-file.ts'
