import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { endThread } from '#main/adapters/sqlite/threads/end-thread.ts'
import { checkpointThreadFile, readingThreadFile, searchThreadFile } from '#main/compose/installation.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { tempDirectory } from './temp-directory.ts'

it.for([
  ['checkpoint', checkpointThreadFile],
  ['reading', readingThreadFile],
  ['search', searchThreadFile],
] as const)(
  'EN24 the %s thread ends by itself, even while it still loads: cut off, it might end the process',
  async ([, file]) => {
    const path = join(tempDirectory(), 'hookloop.db')
    await openSqliteStore({ path, log: silentLog }).close()
    for (const afterMs of [0, 40, 400]) {
      const thread = new Worker(file(), { workerData: path })
      const exit = once(thread, 'exit')
      // At whichever step of its start this finds it.
      await new Promise((resolve) => setTimeout(resolve, afterMs))
      await endThread(thread)
      expect(await exit).toEqual([0])
    }
  },
)
