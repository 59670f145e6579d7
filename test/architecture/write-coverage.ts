// `npm run coverage`: writes docs/coverage.md from the names of the tests.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { collectProven, renderCoverage } from './coverage.ts'
import { readTree, ROOT } from './source-tree.ts'

const tests = readTree().filter(({ path }) => path.startsWith('test/') && !path.startsWith('test/architecture/'))
const page = join(ROOT, 'docs/coverage.md')
const before = existsSync(page) ? readFileSync(page, 'utf8') : ''
writeFileSync(page, renderCoverage(collectProven(tests), before))
