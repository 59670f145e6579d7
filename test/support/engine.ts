import { createEngine, type EngineDeps } from '#main/engine/create-engine.ts'
import type { Engine } from '#main/engine/engine.ts'
import type { Store } from '#main/engine/ports.ts'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createMemoryExchangeFiles } from '#main/adapters/memory/exchange/exchange-files.ts'
import { createMemoryFiles } from '#main/adapters/memory/storage/storage-files.ts'
import { createMemoryVault } from '#main/adapters/memory/memory-vault.ts'
import { createIds } from '#main/adapters/system/ids.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { systemRandom } from '#main/adapters/system/system-random.ts'
import { createRelayCaller } from '#main/adapters/undici/relay-caller.ts'
import { createUndiciTransport } from '#main/adapters/undici/transport.ts'
import { providers } from '#main/providers/index.ts'
import { silentLog } from './silent-log.ts'

export interface TestEngine {
  engine: Engine
  store: Store
  stop(): Promise<void>
}

/** A whole engine on memory adapters, the real transport and the real clock; pass parts to replace them. */
export async function createTestEngine(parts: Partial<EngineDeps> = {}): Promise<TestEngine> {
  const clock = parts.clock ?? systemClock
  const random = parts.random ?? systemRandom
  const store = parts.store ?? createMemoryStore()
  const transport = parts.transport ?? createUndiciTransport({ clock: systemClock })
  const engine = await createEngine({
    store,
    files: createMemoryFiles(),
    exchangeFiles: createMemoryExchangeFiles(),
    vault: createMemoryVault(),
    transport,
    relays: createRelayCaller({}),
    providers,
    clock,
    random,
    ids: createIds({ clock, random }),
    log: silentLog,
    ...parts,
  })
  return {
    engine,
    store,
    async stop() {
      await engine.stop(0)
      await transport.close()
      await store.close()
    },
  }
}
