import { StoreUnavailableError, type ExchangeFiles } from '#main/engine/ports.ts'

/** Files of a store that has none: nothing goes out or in. */
export function createMemoryExchangeFiles(): ExchangeFiles {
  const refuse = async () => {
    throw new StoreUnavailableError('this store has no files')
  }
  return {
    clear: async () => {},
    write: refuse,
    exported: async () => null,
    removeExport: async () => {},
    append: refuse,
    check: refuse,
    async *staged() {},
    removeImport: async () => {},
  }
}
