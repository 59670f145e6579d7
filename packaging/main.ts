// `npm run package`: an installer for this machine's system, or for those that --linux, --mac and --win name; with --dir the
// app alone, without an installer. Prints what went in and how large it is, and fails where that is over the budget.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build, type CliOptions } from 'electron-builder'
import { buildIfStale } from '#main/cli/build.ts'
import { builderConfig } from './builder-config.ts'
import { archiveBytes, archivesIn, bytesOf, contentsOf } from './contents.ts'

const ROOT = resolve(import.meta.dirname, '..')
/** What our own part may weigh; Electron's is over 200 MB whatever we do. */
const ARCHIVE_LIMIT_BYTES = 9_500_000
const UNPACKED_LIMIT_BYTES = 4_000_000

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean' },
    linux: { type: 'boolean' },
    mac: { type: 'boolean' },
    win: { type: 'boolean' },
    x64: { type: 'boolean' },
    arm64: { type: 'boolean' },
    /** Where it goes; `dist` where it is left out. */
    output: { type: 'string' },
  },
})

const electron = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('electron/package.json'), 'utf8')) as {
  version: string
}
const env = process.env
const output = resolve(ROOT, values.output ?? 'dist')

await buildIfStale()
const config = builderConfig({
  electronVersion: electron.version,
  electronDist: env['HOOKLOOP_ELECTRON_DIST'],
  updateUrl: env['HOOKLOOP_UPDATE_URL'],
  homepage: env['HOOKLOOP_HOMEPAGE'],
})
await build({
  projectDir: ROOT,
  config: { ...config, directories: { ...config.directories, output } },
  publish: 'never',
  ...targets(),
})
report()

/** Of the systems that are named, else of this one; an empty list means the targets of the configuration. */
function targets(): CliOptions {
  const { linux, mac, win, x64, arm64, dir } = values
  const isNamed = linux || mac || win
  return {
    ...((linux || (!isNamed && process.platform === 'linux')) && { linux: [] }),
    ...((mac || (!isNamed && process.platform === 'darwin')) && { mac: [] }),
    ...((win || (!isNamed && process.platform === 'win32')) && { win: [] }),
    ...(x64 && { x64 }),
    ...(arm64 && { arm64 }),
    ...(dir && { dir }),
  }
}

function report(): void {
  for (const archive of archivesIn(output)) {
    const unpacked = contentsOf(archive).filter(({ isUnpacked }) => isUnpacked)
    const name = basename(dirname(dirname(archive)))
    console.log(`${name}: archive ${words(archiveBytes(archive), ARCHIVE_LIMIT_BYTES)}`)
    console.log(`${name}: beside it ${words(bytesOf(unpacked), UNPACKED_LIMIT_BYTES)}`)
    for (const { path } of unpacked) console.log(`  ${join(path)}`)
  }
}

function words(bytes: number, limit: number): string {
  if (bytes > limit) process.exitCode = 1
  return `${(bytes / 1e6).toFixed(2)} MB of ${(limit / 1e6).toFixed(2)} MB${bytes > limit ? ': TOO LARGE' : ''}`
}
