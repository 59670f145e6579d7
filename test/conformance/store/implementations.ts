import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createThreadReader } from '#main/adapters/sqlite/reading/reader.ts'
import { createThreadSearcher } from '#main/adapters/sqlite/search/thread/thread-searcher.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { readingThreadFile, searchThreadFile } from '#main/compose/installation.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import type { Store } from '#main/engine/ports.ts'
import { createWorld, type World } from './world.ts'

type Cleanup = () => Promise<void> | void

const IMPLEMENTATIONS: readonly { name: string; open: (onEnd: (cleanup: Cleanup) => void) => Store }[] = [
  { name: 'memory', open: () => createMemoryStore() },
  {
    name: 'sqlite',
    open(onEnd) {
      const directory = mkdtempSync(join(tmpdir(), 'hookloop-store-'))
      onEnd(() => rmSync(directory, { recursive: true }))
      const path = join(directory, 'hookloop.db')
      const reader = createThreadReader({ program: readingThreadFile(), path })
      const searcher = createThreadSearcher({ program: searchThreadFile(), path })
      return openSqliteStore({ path, log: createFakeLog(), reader, searcher })
    },
  },
]

/** Runs a suite on every store; `open` gives each test a fresh one with a project in it. */
export function onEveryStore(topic: string, suite: (open: () => Promise<World>) => void): void {
  describe.each(IMPLEMENTATIONS)(`${topic} in $name`, (implementation) => {
    const cleanups: Cleanup[] = []
    afterEach(async () => {
      for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
    })

    suite(() => {
      const store = implementation.open((cleanup) => cleanups.push(cleanup))
      cleanups.push(() => store.close())
      return createWorld(store)
    })
  })
}
