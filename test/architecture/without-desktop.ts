// `npm run check:no-desktop`: the product must stand without its desktop. Proven on a copy that lacks it.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ROOT } from './source-tree.ts'

const LEFT_BEHIND = new Set(['node_modules', 'out', '.git', '.screenshots'])
const STEPS = [
  ['types', ['typescript/bin/tsc', '-b']],
  ['build', [join('..', 'src-main/cli/build.ts')]],
  ['tests', ['vitest/vitest.mjs', 'run', '--project', 'node']],
] as const

const copy = mkdtempSync(join(realpathSync(tmpdir()), 'hookloop-no-desktop-'))
// Some tests run the program as a user without rights, who must be able to read it.
chmodSync(copy, 0o755)
process.on('exit', () => rmSync(copy, { recursive: true, force: true }))

cpSync(ROOT, copy, { recursive: true, filter: (path) => path === ROOT || !LEFT_BEHIND.has(basename(path)) })
rmSync(join(copy, 'src-main/desktop'), { recursive: true })
forgetProject('./src-main/desktop')
borrowPackages()

const outcomes = STEPS.map(([name, command]) => {
  process.stdout.write(`Without src-main/desktop: ${name} …\n`)
  return { name, ok: run(command) }
})
for (const { name, ok } of outcomes) process.stdout.write(`Without src-main/desktop: ${name} ${ok ? 'hold' : 'FAIL'}\n`)
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1

/** Package by package, so that caches kept in `node_modules` are the copy's own. */
function borrowPackages(): void {
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter((entry) => entry !== '.cache')) {
    symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name))
  }
}

function forgetProject(path: string): void {
  const file = join(copy, 'tsconfig.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as { references: { path: string }[] }
  config.references = config.references.filter((reference) => reference.path !== path)
  writeFileSync(file, JSON.stringify(config))
}

function run([script, ...args]: readonly [string, ...string[]]): boolean {
  const path = join(copy, 'node_modules', script)
  return spawnSync(process.execPath, [path, ...args], { cwd: copy, stdio: 'inherit' }).status === 0
}
