import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { errorCatalogue } from '../../src/kernel/errors.ts'

it('docs/errors.md has a section for each code of the catalogue, and no other, under the heading of its status', async () => {
  const text = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8')
  const sections = text.split(/^## /m).slice(1)
  const documented = sections.flatMap((section) => {
    const heading = section.split('\n', 1)[0] ?? ''
    return [...section.matchAll(/^### (.+)$/gm)].map(([, code]) => ({
      code,
      fits: (status: number) => heading.includes(`${status}`) || (status >= 500 && heading.startsWith('5xx')),
    }))
  })
  expect(documented.map(({ code }) => code).sort()).toEqual(Object.keys(errorCatalogue).sort())
  for (const [code, { status }] of Object.entries(errorCatalogue)) {
    expect(documented.find((each) => each.code === code)?.fits(status), `${code} stands under ${status}`).toBe(true)
  }
})
