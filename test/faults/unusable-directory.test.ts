import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { silentLog } from '#test/support/silent-log.ts'

// Several relays start and end in each test, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const RELAY = fileURLToPath(new URL('../../src-main/relay/main.ts', import.meta.url))
/** Whom a test becomes that runs as root, for whom no permission holds. */
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

/** A folder with a database inside, and a home of its own for the user that opens it. */
function prepare(): { root: string; data: string; home: string; database: string } {
  const root = mkdtempSync(join(tmpdir(), 'hookloop-rights-'))
  onTestFinished(() => {
    chmodSync(join(root, 'data'), 0o700)
    rmSync(root, { recursive: true })
  })
  const data = join(root, 'data')
  const home = join(root, 'home')
  const database = join(data, 'hookloop.db')
  openDatabase({ path: database, log: silentLog }).close()
  mkdirSync(home)
  for (const path of [root, data]) chmodSync(path, 0o755)
  if (isRoot) for (const path of [data, home, database]) chownSync(path, NOBODY, NOBODY)
  return { root, data, home, database }
}

/** The relay as an unprivileged user starts it. */
async function startAsNobody(data: string, home: string): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [RELAY, '--port', '0', '--capture-port', '0', '--json', '--data', data], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { HOME: home, PATH: process.env['PATH'] },
    ...(isRoot && { uid: NOBODY, gid: NOBODY }),
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, stderr }
}

// Windows knows other rights than these.
describe.skipIf(process.platform === 'win32')('A data directory without the rights that it takes', () => {
  it.each([
    ['whose database is read-only', ({ database }: ReturnType<typeof prepare>) => chmodSync(database, 0o400)],
    ['that may not be written', ({ data }: ReturnType<typeof prepare>) => chmodSync(data, 0o500)],
  ])('EN11 refuses one %s, saying which and what to do, and writes nothing elsewhere', async (_what, spoil) => {
    const made = prepare()
    spoil(made)
    const before = readFileSync(made.database)
    const { code, stderr } = await startAsNobody(made.data, made.home)
    expect(code).toBe(1)
    expect(stderr).toContain(made.data)
    expect(stderr).toContain('--data')
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(readFileSync(made.database).equals(before)).toBe(true)
    expect(readdirSync(made.home)).toEqual([])
  })

  it.skipIf(!isRoot)('EN11 refuses a database that belongs to another user (only root can make one)', async () => {
    const made = prepare()
    chownSync(made.database, 0, 0)
    chmodSync(made.database, 0o600)
    const { code, stderr } = await startAsNobody(made.data, made.home)
    expect(code).toBe(1)
    expect(stderr).toContain(made.database)
    expect(stderr).toContain('belongs to you')
    expect(readdirSync(made.home)).toEqual([])
  })

  it('EN11 refuses a directory that is missing where none can be made', async () => {
    const made = prepare()
    chmodSync(made.data, 0o500)
    const missing = join(made.data, 'deeper', 'still')
    const { code, stderr } = await startAsNobody(missing, made.home)
    expect(code).toBe(1)
    expect(stderr).toContain(missing)
    expect(stderr).toContain('--data')
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(existsSync(missing)).toBe(false)
    expect(readdirSync(made.home)).toEqual([])
  })
})
