import type { EventsApi } from '../engine.ts'
import type { AppendDeps } from '../capture/append-event.ts'
import type { Clock, Log, RetentionStore, SettingStore } from '../ports.ts'
import type { ExchangeFiles } from './exchange-files.ts'
import { createExports, type ExportsApi } from './exports.ts'
import { createImports, type ImportsApi } from './imports.ts'
import { createImportStorage } from './store-import.ts'

/** Events on their way to other programs, and from them. */
export interface Exchange {
  apis: { exports: ExportsApi; imports: ImportsApi }
  start(): Promise<void>
  stop(): Promise<void>
}

export function createExchange(
  deps: AppendDeps & {
    files: ExchangeFiles
    events: EventsApi
    kept: RetentionStore
    settings: SettingStore
    clock: Clock
    log: Log
  },
): Exchange {
  const exports = createExports(deps)
  const imports = createImports({ ...deps, storage: createImportStorage(deps) })
  return {
    apis: { exports, imports },
    start: imports.recover,
    stop: async () => void (await Promise.all([exports.stop(), imports.stop()])),
  }
}
