// `npm test`: builds what is stale and runs every test that this machine can run, in one run with one tally.
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { buildIfStale } from '#main/cli/build.ts'
import { findChromium } from './chromium.ts'
import { makeScratchFolder } from './scratch-folder.ts'

const ROOT = resolve(import.meta.dirname, '../..')

await buildIfStale()
const withoutBrowser = findChromium() === null
process.exitCode = withoutBrowser && process.env['HOOKLOOP_REQUIRE_BROWSER'] ? refuse() : await runTests()

function refuse(): number {
  console.error(
    'HOOKLOOP_REQUIRE_BROWSER is set, but there is no Chromium: install one or name it in HOOKLOOP_CHROMIUM.',
  )
  return 1
}

async function runTests(): Promise<number> {
  const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs')
  const projects = ['--project', 'node', ...(withoutBrowser ? [] : ['--project', 'accessibility', '--project', 'e2e'])]
  const scratch = makeScratchFolder()
  const child = spawn(process.execPath, [vitest, 'run', ...projects, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(scratch && { TMPDIR: scratch.path }),
      HOOKLOOP_TESTS_LEFT_OUT: String(withoutBrowser ? tellLeftOut() : 0),
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise<number>((done, fail) => child.once('error', fail).once('exit', (code) => done(code ?? 1))).finally(
    () => scratch?.remove(),
  )
}

/** Says which tests need the browser that is not here; returns how many they are. */
function tellLeftOut(): number {
  const files = globSync('test/e2e/**/*.e2e.ts', { cwd: ROOT }).toSorted()
  console.log(`Left out, because no Chromium was found (name one in HOOKLOOP_CHROMIUM): ${files.join(', ')}`)
  const counts = files.map((file) => readFileSync(join(ROOT, file), 'utf8').match(/^\s*(?:it|test)[.(]/gm)?.length ?? 0)
  return counts.reduce((sum, count) => sum + count, 0)
}
