import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm'
const WANTED_BYTES = 4 * 1024 ** 3

/**
 * A folder in memory for the files of one run of the tests, or null where there is none with room, or another folder was
 * asked for. Thousands of small databases are made, each with several flushes: on a disk they take a third of the run.
 */
export function makeScratchFolder(): { path: string; remove(): void } | null {
  if (process.platform !== 'linux' || process.env['TMPDIR'] !== undefined) return null
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    if (bavail * bsize < WANTED_BYTES) return null
    const path = mkdtempSync(`${IN_MEMORY}/hookloop-tests-`)
    // As the system's own folder for such files: some tests run a program as another user.
    chmodSync(path, 0o755)
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
  } catch {
    return null
  }
}
