/**
 * Imports go one way, downwards. Each part of src/ names the parts it may import, and may import what those may as well.
 * The order and the reasons are the architecture; test/checks/import-rules.test.ts shows that every rule can refuse.
 */
const parts = {
  kernel: { imports: [], because: 'kernel is what everything stands on, so it stands on nothing of ours' },
  config: { imports: ['kernel'], because: 'configuration is read before anything else exists' },
  policy: {
    imports: ['kernel'],
    because: 'policy documents are compiled from values alone, so that they can be tested and previewed anywhere',
  },
  rules: { imports: ['kernel'], because: 'a rule is judged on facts that are handed in, never on facts it looks up' },
  db: { imports: ['config'], because: 'db knows tables and transactions, not what they mean' },
  aws: { imports: ['config'], because: 'aws knows IAM, STS and RDS, and never what a grant is' },
  audit: { imports: ['db'], because: 'everything records in the audit log, so it can know nothing of them' },
  jobs: { imports: ['db'], because: 'a job is a name and a payload; what it does is tied to it in app' },
  identity: { imports: ['audit', 'jobs', 'rules'], because: 'who somebody is does not depend on what they ask for' },
  scim: { imports: ['identity'], because: 'what an identity provider pushes is people and groups, and nothing that they ask for' },
  notices: { imports: ['audit', 'jobs'], because: 'a notice is told what to say by those who have something to say' },
  webhooks: { imports: ['identity'], because: 'what is told to an endpoint is made of audit events, whoever recorded them' },
  tickets: {
    imports: ['requests', 'webhooks'],
    because: 'a ticket asks and decides by the use cases of the API, and comments go out the way that webhooks do',
  },
  catalog: { imports: ['aws', 'audit', 'jobs', 'policy'], because: 'what can be asked for does not depend on who asks' },
  snapshot: { imports: ['catalog'], because: 'what AWS holds in an account is read and judged whatever was granted there' },
  grants: {
    imports: ['catalog', 'identity', 'policy', 'notices', 'snapshot'],
    because: 'a grant outlives its request and knows only its id',
  },
  access: { imports: ['grants'], because: 'who can connect is read from grants and AWS, whatever was asked' },
  reviews: { imports: ['grants', 'rules'], because: 'a review is of grants; what the rules say to their request is handed in' },
  requests: {
    imports: ['grants', 'reviews', 'rules'],
    because: 'a request ends with its decision; taking it to AWS is the business of reconcile',
  },
  reconcile: { imports: ['grants'], because: 'reconcile makes AWS equal to grants, however those came to be' },
  slack: { imports: ['requests'], because: 'Slack calls the same use cases as the API, and no more' },
  doctor: { imports: ['catalog'], because: 'it looks at what everything else stands on, and nothing depends on what it finds' },
  http: { imports: ['requests', 'reconcile', 'access'], because: 'the plugins serve the slices, and app puts both together' },
  console: { imports: ['http'], because: 'pages are one more caller of the use cases' },
  client: { imports: [], because: 'the client is what others install: it knows the API by its document alone' },
  cli: { imports: ['client', 'config'], because: 'commands for people do what anybody can do over the API, and run where no server is' },
}

const reachable = (part) => [...new Set(parts[part].imports.flatMap((below) => [below, ...reachable(below)]))]

/** A slice's routes.ts stands on http, which stands on the slices' doors; app alone registers it. */
const oneWay = Object.entries(parts).map(([part, { because }]) => ({
  name: `${part}-looks-down`,
  comment: `${because} (routes.ts may also use http)`,
  severity: 'error',
  from: { path: `^src/${part}/`, pathNot: '[/-]routes\\.ts$' },
  to: { path: '^src/[^/]+/', pathNot: `^src/(${[part, ...reachable(part), 'generated'].join('|')})/` },
}))

const slices = Object.keys(parts).filter((part) => part !== 'kernel')

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...oneWay,
    {
      name: 'routes-look-down',
      comment: 'routes translate between HTTP and the use cases of their own slice and those below',
      severity: 'error',
      from: { path: '^src/.+[/-]routes\\.ts$' },
      to: { path: '^src/(app|dev|console|main)' },
    },
    {
      name: 'no-circles',
      comment: 'parts that need each other are one part, and cannot be read or changed one at a time',
      severity: 'error',
      from: { path: '^(src|test|scripts)/', pathNot: '^src/generated/' },
      to: { circular: true },
    },
    {
      name: 'through-the-door',
      comment: 'what index.ts does not export may change without asking anybody; only app registers routes',
      severity: 'error',
      from: { path: '^src/([^/]+)' },
      to: { path: `^src/(${slices.join('|')})/`, pathNot: ['^src/$1/', '/index\\.ts$', '[/-]routes\\.ts$'] },
    },
    {
      name: 'routes-only-in-app',
      comment: 'a route is reachable because app registered it, and in no other way',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app/' },
      to: { path: '[/-]routes\\.ts$' },
    },
    {
      name: 'pure-core',
      comment: 'policy and rules have no clock and no I/O, so every case is a line in a table; hashing and regular expressions are pure',
      severity: 'error',
      from: { path: '^src/(policy|rules)/' },
      to: { pathNot: ['^src/', '^(node:)?crypto$', '(^|/)node_modules/re2js/'] },
    },
    {
      name: 'client-alone',
      comment: 'the client runs wherever there is fetch, so it uses nothing of Node, and no package but the one that sends',
      severity: 'error',
      from: { path: '^src/client/' },
      to: { pathNot: ['^src/', '(^|/)node_modules/openapi-fetch/'] },
    },
    {
      name: 'aws-sdk-only-in-aws',
      comment: 'one place signs, retries, throttles and guards calls to AWS',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/aws/' },
      to: { path: '(^|/)node_modules/(@aws-sdk|@smithy)/' },
    },
    {
      name: 'sql-only-in-stores',
      comment: 'who writes a table is found by its name: db, a store or a view',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(db|dev|generated)/', '-(store|view)\\.ts$'] },
      to: { path: '(^src/generated/|(^|/)node_modules/(pg|prisma|@prisma)/)' },
    },
    {
      name: 'fastify-only-in-http',
      comment: 'use cases serve Slack, tickets and the CLI as well, so they know nothing of HTTP',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(http|app)/', '[/-]routes\\.ts$'] },
      to: { path: '(^|/)node_modules/(fastify[^/]*|@fastify)/' },
    },
    {
      name: 'dev-not-in-production',
      comment: 'the stand-in for AWS and the demo people must be out of reach of serve and worker',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/dev/', '^src/app/(dev|demo)'] },
      to: { path: '^src/dev/' },
    },
    {
      name: 'dev-only-when-asked',
      comment: 'what dev mode stands on is not installed in production, so main.ts loads it only when `sallyport dev` is said',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/dev/', '^src/app/(dev|demo)'] },
      to: { path: '^src/app/(dev|demo)', dependencyTypesNot: ['dynamic-import'] },
    },
    {
      name: 'no-tests-in-production',
      comment: 'what runs in production must not depend on what proves it',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-development-packages-in-production',
      comment: 'the image is installed without them',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/dev/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '/node_modules/@types/' },
    },
    {
      name: 'no-orphans',
      comment: 'a module that nothing imports and that imports nothing is forgotten',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['\\.d\\.ts$', '^src/generated/'] },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'what cannot be resolved cannot be judged',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/generated/.*/internal/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
