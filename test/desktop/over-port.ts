// `npm run test:desktop:port`: the whole browser suite once more, with the desktop's port as its carrier in place of HTTP.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { buildIfStale } from '#main/cli/build.ts'
import { ROOT } from '#test/architecture/source-tree.ts'

await buildIfStale()
const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs')
const args = [vitest, 'run', '--project', 'accessibility', '--project', 'e2e', ...process.argv.slice(2)]
const env = { ...process.env, HOOKLOOP_CARRIER: 'port' }
process.exitCode = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env }).status ?? 1
