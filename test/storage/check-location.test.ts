import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkLocation } from '#main/adapters/sqlite/opening/check-location.ts'
import { UnsupportedLocationError } from '#main/adapters/sqlite/opening/open-errors.ts'
import { syncService } from '#main/adapters/sqlite/opening/synced-folder.ts'
import { lockDataDirectory } from '#main/adapters/sqlite/data-lock.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { createStorageFiles } from '#main/adapters/sqlite/storage/storage-files.ts'
import { createStorageWorker } from '#main/adapters/sqlite/storage/worker-tasks.ts'
import { storageWorkerFile } from '#main/compose/installation.ts'
import { ids, NOW } from '#test/conformance/store/records.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

describe('The place of the database', () => {
  it.each([
    ['NFS', 0x69_69],
    ['CIFS', 0xff_53_4d_42],
    ['CIFS with its sign', 0xff_53_4d_42 | 0],
    ['SMB2', 0xfe_53_4d_42],
  ])('EN11 DA12 is refused on a network share: %s', (_name, kind) => {
    const folder = tempDirectory()
    const asked: string[] = []
    const checking = () =>
      checkLocation(join(folder, 'new', 'hookloop.db'), (at) => {
        asked.push(at)
        return kind
      })
    expect(checking).toThrow(UnsupportedLocationError)
    expect(checking).toThrow(join(folder, 'new', 'hookloop.db'))
    expect(checking).toThrow(expect.objectContaining({ hint: expect.stringContaining('--data') }))
    expect(asked[0]).toBe(folder)
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ['/home/ann/Dropbox/hooks', 'Dropbox'],
    ['/home/ann/OneDrive - Shop Ltd/a/b', 'OneDrive'],
    ['/home/ann/Library/CloudStorage/Box', 'a cloud service'],
    ['/home/ann/Library/Mobile Documents/com~apple~CloudDocs', 'iCloud Drive'],
    ['/home/ann/Library/Application Support/hookloop', null],
    ['/srv/Dropbox', null],
    ['/home/ann/dropbox-clone', null],
  ])('DA12 is refused where a service copies it elsewhere: %s', (folder, service) => {
    expect(syncService(folder, '/home/ann')).toBe(service)
  })

  it('DA12 says so, and writes nothing', () => {
    const path = join(homedir(), 'Dropbox', 'never-made', 'hookloop.db')
    expect(() => checkLocation(path, () => 0)).toThrow('Dropbox copies elsewhere')
    expect(existsSync(path)).toBe(false)
  })

  it.each(['with spaces and — signs', '🪝 крючок', `${'long'.repeat(60)}`, 'quote\'s and "more"', '%41?x=1#y'])(
    'DA12 may have any name: %s',
    async (name) => {
      const directory = join(tempDirectory(), name)
      const lock = lockDataDirectory(directory)
      const store = openSqliteStore({ path: join(directory, 'hookloop.db'), log: createFakeLog() })
      const world = await createWorld(store)
      await world.addEvent({ body: Buffer.from('here') })
      const files = createStorageFiles({
        path: join(directory, 'hookloop.db'),
        worker: createStorageWorker(storageWorkerFile()),
      })
      const watch = { onProgress: () => {}, signal: new AbortController().signal }
      expect((await files.backUp({ id: ids.next('bkp'), createdAt: NOW }, watch)).counts.events).toBe(1)
      await store.close()
      lock.release()
      expect(readdirSync(directory).toSorted()).toEqual(['backups', 'hookloop.db', 'hookloop.lock'])
    },
  )

  it('EN11 is taken on a disk of this machine', () => {
    expect(() => checkLocation(join(tempDirectory(), 'hookloop.db'))).not.toThrow()
  })
})
