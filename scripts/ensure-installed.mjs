// Makes node_modules what package-lock.json says, and src/generated what prisma/schema.prisma says. Where they are already,
// it takes a moment and says nothing. Runs before anything is installed, so it uses nothing but Node.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) fail(`Sallyport needs Node 20.19 or newer; this is ${process.versions.node}.`)

if (!installed()) {
  console.error('Installing dependencies; this takes a minute or two, once.')
  npm('ci', '--include=dev', '--loglevel=error')
}
if (readFileIfAny('src/generated/schema-hash') !== schemaHash()) {
  // Generating needs no schema engine, but Prisma's CLI wants the path of one before it does anything, or it downloads one.
  run(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  })
  writeFileSync('src/generated/schema-hash', schemaHash())
}

/** npm leaves a list of what it installed in node_modules. Optional packages are mostly those of other platforms. */
function installed() {
  const present = readFileIfAny('node_modules/.package-lock.json')
  if (present === null) return false
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
  const found = JSON.parse(present).packages
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '' || (optional && !(path in found))) return true
    return found[path]?.version === version && existsSync(path)
  })
}

/** The generated client depends on the schema and on the generator's version. */
function schemaHash() {
  const prisma = JSON.parse(readFileSync('node_modules/prisma/package.json', 'utf8')).version
  return createHash('sha256').update(prisma).update(readFileSync('prisma/schema.prisma')).digest('hex')
}

function readFileIfAny(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

function npm(...args) {
  const cli = process.env.npm_execpath // set by `npm run`; without it npm is found on the PATH
  if (cli === undefined) run('npm', args)
  else run(process.execPath, [cli, ...args])
}

/** Runs a program and shows what it said only if it failed; its failure is then ours. */
function run(command, args, environment = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...environment } })
  if (status === 0) return
  fail(`${[command, ...args].join(' ')} failed:\n${error?.message ?? `${stdout}${stderr}`}`)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
