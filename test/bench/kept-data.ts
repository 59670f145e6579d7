// Large data directories are made once and kept; whatever runs on one runs on a copy, so that the next run finds the same.
import { constants } from 'node:fs'
import { access, cp, mkdir, mkdtemp, open, readdir, rename, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIGRATIONS } from '#main/adapters/sqlite/migrations/index.ts'

export interface Kept {
  /** Tells it from others of its kind; no part of another's name and a hyphen. */
  name: string
  /** Another one makes what was kept before give way, as another schema does. */
  edition: number
  /** What it takes of the disk, at most; as much again for a copy. */
  bytes: number
  /** Makes it in the folder `data`; the key of its secrets belongs beside that, as `data.key`. */
  make: (data: string) => Promise<void>
}

const place = process.env['HOOKLOOP_BENCH_DATA'] ?? tmpdir()
const COPY = 'hookloop-bench-copy-'
const GIB = 1024 ** 3

/**
 * Runs `work` with a copy of a kept data directory, which is made first where it is not there: in the folder that
 * `HOOKLOOP_BENCH_DATA` names, or else in the system's for temporary files.
 */
export async function withCopyOf<T>(kept: Kept, work: (data: string) => Promise<T>): Promise<T> {
  const original = await made(kept)
  await removeLeftCopies()
  await demandRoom(kept)
  const folder = await mkdtemp(join(place, `${COPY}${process.pid}-`))
  try {
    await cp(original, folder, { recursive: true })
    // What is still to be written of the copy would be written beside what is measured.
    await flush(join(folder, 'data'))
    return await work(join(folder, 'data'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The folder in which it lies, for whoever reads alone. */
async function made(kept: Kept): Promise<string> {
  const { name, edition, make } = kept
  const wanted = `hookloop-bench-${name}-${edition}.${MIGRATIONS.length}`
  const folder = join(place, wanted)
  if (await isThere(folder)) return folder
  await mkdir(place, { recursive: true })
  for (const old of await readdir(place))
    if (old.startsWith(`hookloop-bench-${name}-`)) await rm(join(place, old), { recursive: true, force: true })
  await demandRoom(kept)
  const startedAt = performance.now()
  console.error(`Making ${wanted} in ${place} …`)
  await make(await emptyFolder(join(`${folder}.unfinished`, 'data')))
  await rename(`${folder}.unfinished`, folder)
  console.error(`Made ${wanted} · ${Math.round((performance.now() - startedAt) / 1_000)} s`)
  return folder
}

async function emptyFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true })
  return path
}

async function demandRoom({ name, bytes }: Kept): Promise<void> {
  const { bavail, bsize } = await statfs(place)
  if (bavail * bsize >= bytes) return
  throw new Error(
    `“${name}” needs ${(bytes / GIB).toFixed(1)} GiB free in ${place}, which has ${((bavail * bsize) / GIB).toFixed(1)}: ` +
      'make room, or name a larger folder with HOOKLOOP_BENCH_DATA',
  )
}

/** A run that was interrupted leaves gigabytes. */
async function removeLeftCopies(): Promise<void> {
  for (const name of await readdir(place)) {
    if (name.startsWith(COPY) && !isAlive(Number.parseInt(name.slice(COPY.length), 10)))
      await rm(join(place, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function flush(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = await open(join(folder, name), 'r+')
    await file.sync()
    await file.close()
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  )
}
