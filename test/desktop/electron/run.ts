// `npm run test:desktop`: the desktop on the real Electron, where its binary is; `npx install-electron` fetches it once.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { buildIfStale } from '#main/cli/build.ts'
import { ROOT } from '#test/architecture/source-tree.ts'
import { electronBinary } from './electron-binary.ts'

if (electronBinary() === null) {
  process.stderr.write('Electron’s binary is not here: run npx install-electron, or name it in ELECTRON_EXEC_PATH.\n')
  process.exitCode = 1
} else {
  await buildIfStale()
  const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs')
  const args = [vitest, 'run', '--project', 'electron', ...process.argv.slice(2)]
  process.exitCode = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1
}
