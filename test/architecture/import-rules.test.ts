import { describe, expect, it } from 'vitest'
import { findCycles } from './cycles.ts'
import { findForbidden } from './rules.ts'
import { readTree } from './source-tree.ts'

/** One forbidden import for each rule; the path decides which rule. */
const PLANTED: readonly (readonly [path: string, text: string])[] = [
  ['shared/model/event.ts', "import { readFile } from 'node:fs/promises'"],
  ['shared/model/event.ts', "import { procedure } from '../contract/base.ts'"],
  ['shared/contract/events.ts', "import { os } from '@orpc/server'"],
  ['src-main/engine/replay/replays.ts', "import { request } from 'undici'"],
  ['src-main/engine/replay/replays.ts', "import { createHash } from 'node:crypto'"],
  ['src-main/engine/replay/replays.ts', "import { contract } from '#shared/contract/index.ts'"],
  ['src-main/engine/signing/sign.ts', "import { readFileSync } from 'node:fs'"],
  ['src-main/engine/signing/doctor/body/charset.ts', "import { readFileSync } from 'node:fs'"],
  ['src-main/engine/signing/doctor/diagnose.ts', "import { gzipSync } from 'node:zlib'"],
  ['src-main/providers/github.ts', "import { sign } from '#main/engine/signing/sign.ts'"],
  ['src-main/adapters/memory/events.ts', "import Database from 'better-sqlite3'"],
  ['src-main/adapters/sqlite/events.ts', "import { createMemoryStore } from '../memory/memory-store.ts'"],
  ['src-main/adapters/keyfile/vault.ts', "import { createEngine } from '#main/engine/create-engine.ts'"],
  ['src-main/adapters/system/clock.ts', "import { request } from 'undici'"],
  ['src-main/adapters/undici/transport.ts', "import Database from 'better-sqlite3'"],
  ['src-main/listener/listen.ts', "import { start } from '#main/compose/start.ts'"],
  ['src-main/capture-server/server.ts', "import { createEngine } from '#main/engine/create-engine.ts'"],
  ['src-main/capture-server/server.ts', "import { StoreUnavailableError } from '#main/engine/ports.ts'"],
  ['src-main/api/handlers/events.ts', "import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'"],
  ['src-main/compose/start.ts', "import { app } from 'electron'"],
  ['src-main/desktop/preload.ts', "import { readFile } from 'node:fs/promises'"],
  ['src-main/desktop/main.ts', "import { greeting } from '../relay/greeting.ts'"],
  ['src-main/relay/main.ts', "const { app } = await import('electron')"],
  ['src-main/cli/main.ts', "export * from '../relay/main.ts'"],
  ['src-renderer/app/main.tsx', "import { start } from '#main/compose/start.ts'"],
  ['src-renderer/features/inbox/list.tsx', "import { Row } from '../deliveries/row.tsx'"],
  ['src-renderer/features/inbox/list.tsx', "import { contract } from '#shared/contract/index.ts'"],
  ['src-renderer/start/main.tsx', "import { App } from '../app/app.tsx'"],
  ['src-renderer/ui/button.tsx', "import { Inbox } from '../features/inbox/inbox.tsx'"],
  ['src-renderer/platform/api/carrier.ts', "import { readFile } from 'node:fs/promises'"],
  ['src-main/engine/replay/replays.ts', "import { engineFor } from '#test/support/engine.ts'"],
  ['src-main/surprise/thing.ts', 'export const thing = 1'],
]

const ALLOWED: readonly (readonly [path: string, text: string])[] = [
  ['src-main/engine/signing/sign.ts', "import { createHmac } from 'node:crypto'"],
  ['src-main/providers/github.ts', "import type { SigningScheme } from '../engine/signing/scheme.ts'"],
  ['src-main/capture-server/server.ts', "import type { Clock } from '#main/engine/ports.ts'"],
  ['src-renderer/features/inbox/list.tsx', "import type { Contract } from '#shared/contract/index.ts'"],
  ['src-renderer/features/inbox/list.tsx', "import { Row } from './row.tsx'"],
]

describe('import rules', () => {
  const tree = readTree()

  it('hold for every file', () => {
    expect(findForbidden(tree)).toEqual([])
  })

  it('find no ring of imports', () => {
    expect(findCycles(tree)).toEqual([])
  })

  it.for(PLANTED)('refuse in %s: %s', ([path, text]) => {
    expect(findForbidden([{ path, text }])).toHaveLength(1)
  })

  it.for(ALLOWED)('allow in %s: %s', ([path, text]) => {
    expect(findForbidden([{ path, text }])).toEqual([])
  })

  it('see a ring through several files, but not one of types alone', () => {
    const ring = (keyword: string) => [
      { path: 'shared/model/a.ts', text: "import './b.ts'" },
      { path: 'shared/model/b.ts', text: "export { c } from './c.ts'" },
      { path: 'shared/model/c.ts', text: `${keyword} { A } from './a.ts'` },
    ]
    expect(findCycles(ring('import'))).toEqual([
      'shared/model/a.ts → shared/model/b.ts → shared/model/c.ts → shared/model/a.ts',
    ])
    expect(findCycles(ring('import type'))).toEqual([])
  })
})
