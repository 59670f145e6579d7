import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { extractFile } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contentsOf, type Packed, strangersBeside } from '../../../packaging/contents.ts'
import { ROOT } from '#test/architecture/source-tree.ts'
import { makeElectronDist } from './electron-dist.ts'

const folder = mkdtempSync(join(tmpdir(), 'hookloop-package-'))
const output = join(folder, 'dist')
const archives = {
  x64: join(output, 'linux-unpacked/resources/app.asar'),
  arm64: join(output, 'linux-arm64-unpacked/resources/app.asar'),
}
let printed = ''
let files: Packed[] = []

beforeAll(async () => {
  const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }
  makeElectronDist(join(folder, 'electron'), version)
  const flags = ['--dir', '--linux', '--x64', '--arm64', '--output', output]
  const child = spawn(process.execPath, [join(ROOT, 'packaging/main.ts'), ...flags], {
    cwd: ROOT,
    env: {
      ...process.env,
      HOOKLOOP_ELECTRON_DIST: join(folder, 'electron'),
      HOOKLOOP_UPDATE_URL: 'https://updates.example/hookloop',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [errors, [code]] = await Promise.all([
    text(child.stderr),
    once(child, 'exit'),
    text(child.stdout).then((all) => (printed = all)),
  ])
  if (code !== 0) throw new Error(`Packaging ended with ${code}: ${printed}\n${errors}`)
  files = contentsOf(archives.x64)
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('DSK-1 packs what is built, its pictures and SQLite, and nothing else of the project', () => {
  expect([...new Set(files.map(({ path }) => path.split('/')[0]))]).toEqual([
    'node_modules',
    'out',
    'package.json',
    'resources',
  ])
  const packages = new Set(files.flatMap(({ path }) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))
  expect([...packages]).toEqual(['better-sqlite3'])
  const foreign = /\.(ts|tsx|map|c|cc|h|gyp|md)$|\.test\.|^node_modules\/better-sqlite3\/(deps|src)/
  expect(files.map(({ path }) => path).filter((path) => foreign.test(path) && !path.endsWith('README.md'))).toEqual([])
})

it('DSK-1 packs the binding of its own system and processor, beside the archive, and no other', () => {
  for (const [arch, archive] of Object.entries(archives)) {
    const bindings = contentsOf(archive).filter(({ path }) => path.endsWith('.node'))
    const path = `node_modules/better-sqlite3/prebuilds/linux-${arch}.node`
    expect(bindings).toEqual([{ path, bytes: expect.any(Number) as number, isUnpacked: true }])
    expect(existsSync(join(`${archive}.unpacked`, path))).toBe(true)
    expect(strangersBeside(archive)).toEqual([])
  }
})

it('SEC-3 packs no path of this machine and no secret of its environment', () => {
  const own = files.filter(({ path, isUnpacked }) => /\.(js|cjs|json|html|css)$/.test(path) && !isUnpacked)
  const holding = own.filter(({ path }) => {
    const code = extractFile(archives.x64, path).toString('utf8')
    return code.includes(ROOT) || code.includes('sourceMappingURL=data:')
  })
  expect(holding.map(({ path }) => path)).toEqual([])
})

it('SE31 every fuse of the packaged binary stands as it was decided', async () => {
  const wire = await getCurrentFuseWire(join(output, 'linux-unpacked/hookloop'))
  const isOn = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE
  const on = [1, 4, 5, 8]
  for (let fuse = 0; fuse <= FuseV1Options.WasmTrapHandlers; fuse++) {
    expect([FuseV1Options[fuse], isOn(fuse)]).toEqual([FuseV1Options[fuse], on.includes(fuse)])
  }
})

it('DSK-1 starts from its archive, knows its version, and where to look for updates', () => {
  const manifest = JSON.parse(extractFile(archives.x64, 'package.json').toString('utf8')) as Record<string, unknown>
  const { main, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>
  expect(manifest).toMatchObject({ main, version, type: 'module' })
  expect(files.map(({ path }) => path)).toContain(main)
  const channel = readFileSync(join(output, 'linux-unpacked/resources/app-update.yml'), 'utf8')
  expect(channel).toContain('provider: generic')
  expect(channel).toContain('https://updates.example/hookloop')
})

it('DSK-1 prints what it weighs beside its budget', () => {
  expect(printed).toMatch(/^linux-unpacked: archive \d+\.\d\d MB of 9\.50 MB$/m)
  expect(printed).toMatch(/^linux-arm64-unpacked: beside it \d+\.\d\d MB of 4\.00 MB$/m)
})
