import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collectProven, readCoverage, renderCoverage } from './coverage.ts'
import { FROM_OUTSIDE, SCREENS } from './screens.ts'
import { readTree, ROOT } from './source-tree.ts'

describe('docs/coverage.md', () => {
  it('names exactly what the tests prove (npm run coverage writes it anew)', () => {
    const tests = readTree().filter(({ path }) => path.startsWith('test/') && !path.startsWith('test/architecture/'))
    const page = readFileSync(join(ROOT, 'docs/coverage.md'), 'utf8')
    expect(readCoverage(page)).toEqual(readCoverage(renderCoverage(collectProven(tests))))
  })

  it('shows every clause of the seed systems and of safety with a test from outside and a screen', () => {
    const tests = readTree().filter(({ path }) => path.startsWith('test/') && !path.startsWith('test/architecture/'))
    const proven = new Map(collectProven(tests).map(({ id, files }) => [id, files]))
    const alone = Object.keys(SCREENS).filter((id) => !proven.get(id)?.some((file) => FROM_OUTSIDE.test(file)))
    expect(alone).toEqual([])
  })

  it('reads the ids from plain and from chained test names', () => {
    const text =
      "it('CAP-2 waits', f); describe.each([1])('DL01 DL03: %s', f); it.for([['EN1']])('ENG-6b holds', f); it('UTF-8 is kept', f)"
    expect(collectProven([{ path: 'test/a.test.ts', text }])).toEqual([
      { id: 'CAP-2', sentence: 'waits', files: ['test/a.test.ts'] },
      { id: 'ENG-6b', sentence: 'holds', files: ['test/a.test.ts'] },
      { id: 'DL01', sentence: '%s', files: ['test/a.test.ts'] },
      { id: 'DL03', sentence: '%s', files: ['test/a.test.ts'] },
    ])
  })
})
