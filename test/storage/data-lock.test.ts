import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DataDirectoryInUseError, lockDataDirectory } from '#main/adapters/sqlite/data-lock.ts'
import { DatabaseUnusableError } from '#main/adapters/sqlite/opening/open-errors.ts'
import { tempDirectory } from './temp-directory.ts'

const HOLD_LOCK = fileURLToPath(new URL('hold-lock.ts', import.meta.url))

/** Another process that holds the directory. */
async function holder(directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--expose-gc', HOLD_LOCK, directory], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

describe('The lock on the data directory', () => {
  it('EN10 refuses a second process, saying where and what to do', async () => {
    const directory = join(tempDirectory(), 'data')
    await holder(directory)
    const locking = () => lockDataDirectory(directory)
    expect(locking).toThrow(DataDirectoryInUseError)
    expect(locking).toThrow(directory)
    expect(locking).toThrow(expect.objectContaining({ hint: expect.stringContaining('--data') }))
  })

  it('EN10 is free after its holder was killed', async () => {
    const directory = tempDirectory()
    const child = await holder(directory)
    child.kill('SIGKILL')
    await once(child, 'exit')
    lockDataDirectory(directory).release()
  })

  it('refuses a second holder in the same process, and is free after its release', () => {
    const directory = tempDirectory()
    const lock = lockDataDirectory(directory)
    expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUseError)
    lock.release()
    lockDataDirectory(directory).release()
  })

  it('EN11 names the directory that cannot be used', () => {
    const file = join(tempDirectory(), 'file')
    writeFileSync(file, '')
    expect(() => lockDataDirectory(join(file, 'data'))).toThrow(DatabaseUnusableError)
  })
})
