import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BackupView } from '#shared/contract/storage/backups.ts'
import { createMemoryFiles } from '#main/adapters/memory/storage/storage-files.ts'
import { CopyAbortedError, StoreUnavailableError, type CopyWatch, type StorageFiles } from '#main/engine/ports.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

/** Files whose copies end when a test says so. */
function steeredFiles() {
  const files = createMemoryFiles()
  const begun = Promise.withResolvers<CopyWatch>()
  const ending = Promise.withResolvers<void>()
  const steered: StorageFiles = {
    ...files,
    async backUp(order, watch) {
      watch.onProgress({ copiedBytes: 4_096, totalBytes: 8_192 })
      watch.signal.addEventListener('abort', () => ending.reject(new CopyAbortedError()))
      begun.resolve(watch)
      await ending.promise
      return files.backUp(order, watch)
    },
  }
  return { steered, begun: begun.promise, end: ending.resolve, fail: ending.reject }
}

let rig: ApiRig
let steer: ReturnType<typeof steeredFiles>

beforeAll(async () => {
  rig = await startApiRig({
    parts: { files: new Proxy({} as StorageFiles, { get: (_, name) => Reflect.get(steer.steered, name) as unknown }) },
  })
})
afterAll(() => rig.stop())

async function ask<T>(method: string, path: string): Promise<{ status: number; body: T }> {
  const response = await rig.call(method, path)
  return { status: response.status, body: (await response.json()) as T }
}

it('SEC-6 a backup tells how far it is, is made one at a time, and can be canceled', async () => {
  steer = steeredFiles()
  const { status, body: begun } = await ask<BackupView>('POST', '/backups')
  expect({ status, state: begun.state }).toEqual({ status: 202, state: 'running' })
  await steer.begun
  expect((await ask<BackupView>('GET', `/backups/${begun.id}`)).body.progress).toEqual({
    copiedBytes: 4_096,
    totalBytes: 8_192,
  })
  expect(await ask('POST', '/backups')).toMatchObject({ status: 409, body: { error: { code: 'backup_running' } } })
  expect(await ask('DELETE', `/backups/${begun.id}`)).toMatchObject({ status: 409 })
  expect((await ask<BackupView>('POST', `/backups/${begun.id}/cancel`)).body.state).toBe('canceled')
  expect(await ask('POST', `/backups/${begun.id}/cancel`)).toMatchObject({
    status: 409,
    body: { error: { code: 'backup_not_running' } },
  })
  expect(await ask('GET', '/backups/bkp_unknown')).toMatchObject({ status: 404 })
})

it('SEC-6 a backup that the disk does not take says why; one that is made is listed until it is deleted', async () => {
  steer = steeredFiles()
  const { body: failing } = await ask<BackupView>('POST', '/backups')
  steer.fail(new StoreUnavailableError('the disk is full'))
  await steer.begun
  expect((await ask<BackupView>('GET', `/backups/${failing.id}`)).body).toMatchObject({
    state: 'failed',
    reason: 'the disk is full',
  })

  steer = steeredFiles()
  const { body: made } = await ask<BackupView>('POST', '/backups')
  steer.end()
  await steer.begun
  const { items } = (await ask<{ items: BackupView[] }>('GET', '/backups')).body
  expect(items).toMatchObject([{ id: made.id, state: 'done', file: { path: `memory/${made.id}` } }])
  expect(await ask('DELETE', `/backups/${made.id}`)).toMatchObject({ status: 200 })
  expect((await ask<{ items: BackupView[] }>('GET', '/backups')).body.items).toEqual([])
})
