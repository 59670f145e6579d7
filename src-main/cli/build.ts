// Builds `out/` where it is missing or older than its sources. Run directly, it builds in any case.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'

const ROOT = resolve(import.meta.dirname, '../..')
const STAMP = join(ROOT, 'out/sources.sha256')
const SOURCES = [
  '{shared,src-main,src-renderer}/**/*',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig*.json',
]

/** Builds unless `out/` stands for exactly these sources; progress goes to stderr. */
export async function buildIfStale(): Promise<void> {
  if (isFresh(fingerprint())) return
  await alone(async () => {
    const sources = fingerprint()
    if (!isFresh(sources)) await build(sources)
  })
}

function isFresh(sources: string): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources
}

/** By content, so that a checkout, a copy or a deleted file tells the truth whatever its time stamps say. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const entries = globSync(SOURCES, { cwd: ROOT, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).toSorted()) {
    hash.update(path).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

/** One build at a time: a file lock held through SQLite, which the system lets go when its holder dies. */
async function alone(task: () => Promise<void>): Promise<void> {
  const folder = join(ROOT, 'node_modules/.cache')
  mkdirSync(folder, { recursive: true })
  const lock = new Database(join(folder, 'hookloop-build.lock'), { timeout: 120_000 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    await task()
  } finally {
    lock.close()
  }
}

async function build(sources: string): Promise<void> {
  const startedAt = performance.now()
  process.stderr.write('Building Hookloop …\n')
  const args = [join(builder(), '../bin/electron-vite.js'), 'build', '--logLevel', 'warn']
  // The builder's own lines go to stderr too: stdout belongs to the command that follows.
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2] })
  const code = await new Promise((done, fail) => child.once('error', fail).once('exit', done))
  if (code !== 0) throw new Error('The build failed; its messages stand above')
  writeFileSync(STAMP, sources)
  process.stderr.write(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`)
}

function builder(): string {
  try {
    return createRequire(import.meta.url).resolve('electron-vite/package.json')
  } catch {
    throw new Error('The sources are newer than the build, and the build tools are not installed: run npm ci')
  }
}

if (process.argv[1] === import.meta.filename) await alone(() => build(fingerprint()))
