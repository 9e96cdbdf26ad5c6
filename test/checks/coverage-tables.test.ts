import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

/** The rows of all tables of a document, without their heads. */
const rowsOf = (document: string) =>
  readFileSync(document, 'utf8')
    .split('\n')
    .filter((line, index, lines) => line.startsWith('|') && !line.startsWith('|---') && !lines[index + 1]?.startsWith('|---'))
    .map((line) => {
      const [says = '', works = '', shown = '', ...more] = line.slice(1, -1).split(/(?<!\\)\|/)
      return { says: says.trim(), works, shown, cells: 3 + more.length }
    })

/** Files and folders of the repository that a text names. */
const pathsIn = (text: string) => [...text.matchAll(/`((?:src|test|docs|deploy|openapi|prisma)\/[^`]+)`/g)].map(([, path]) => path ?? '')

/** Each file of tests with the titles that follow it. */
const titlesIn = (text: string) =>
  text
    .split(/(?=`test\/)/)
    .flatMap((part) => [...part.matchAll(/“([^”]+)”/g)].map(([, title]) => ({ file: pathsIn(part)[0] ?? 'no file', title: title ?? '' })))

/** Whether a file has a test, or a group or a row of tests, of that title. */
function has(file: string, title: string): boolean {
  const text = readFileSync(file, 'utf8')
  return file.endsWith('.yaml')
    ? text.includes(`- title: ${title}\n`)
    : ["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote}`))
}

const routes = Object.entries<object>(parse(readFileSync('openapi/openapi.yaml', 'utf8')).paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
)

describe.each([
  ['docs/aws-coverage.md', 25],
  ['docs/features.md', 40],
])('%s', (document, statements) => {
  const rows = rowsOf(document)

  test('has a row for each statement, of three columns', () => {
    expect(rows.length).toBeGreaterThan(statements)
    expect(rows.filter(({ cells }) => cells !== 3)).toEqual([])
  })

  describe.each(rows)('$says', ({ works, shown }) => {
    test('names only files that there are', () => {
      expect(pathsIn(works + shown).filter((path) => !existsSync(path))).toEqual([])
    })

    test('names only tests that there are', () => {
      expect(titlesIn(shown).filter(({ file, title }) => !existsSync(file) || !has(file, title))).toEqual([])
    })

    test('names only endpoints that there are', () => {
      const named = [...works.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/[^`]+)`/g)].map(([, route]) => route ?? '')
      expect(named.filter((route) => !routes.includes(route))).toEqual([])
    })

    test('is shown by a test, or is said not to work yet, or why it cannot', () => {
      expect(titlesIn(shown).length > 0 || /\*\*(Not yet|By design):\*\*/.test(works + shown)).toBe(true)
    })
  })
})
