import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { isOursAlone } from '#main/compose/process/compiled-code.ts'

const isUnix = process.platform !== 'win32'

it.runIf(isUnix)('compiled code is kept only where nobody else can write', () => {
  const home = mkdtempSync(join(tmpdir(), 'hookloop-compiled-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const kept = join(home, 'cache', 'compiled')
  expect(isOursAlone(kept)).toBe(true)
  expect(statSync(kept).mode & 0o777).toBe(0o700)

  chmodSync(kept, 0o770)
  expect(isOursAlone(kept)).toBe(false)
  chmodSync(kept, 0o500)
  expect(isOursAlone(kept)).toBe(true)

  writeFileSync(join(home, 'file'), '')
  expect(isOursAlone(join(home, 'file', 'compiled'))).toBe(false)
})
