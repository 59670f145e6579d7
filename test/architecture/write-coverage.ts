// `npm run coverage`: writes docs/coverage.md from the names of the tests.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { collectProven, renderCoverage } from './coverage.ts'
import { readTree, ROOT } from './source-tree.ts'

const tests = readTree().filter(({ path }) => path.startsWith('test/') && !path.startsWith('test/architecture/'))
writeFileSync(join(ROOT, 'docs/coverage.md'), renderCoverage(collectProven(tests)))
