export { type AccessReport, accessReport } from './access-report.ts'
export { printReport } from './access-schemas.ts'
export { accessReader } from './hop.ts'
export { withDeclaredUsers } from './policy-facts.ts'
