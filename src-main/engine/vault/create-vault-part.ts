import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Log, Store } from '../ports.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import { createVault, type VaultDeps } from './create-vault.ts'
import { createKeyChange } from './key-change.ts'
import type { SecretUses } from './secret-uses.ts'
import type { RotateKeysDeps } from './rotate-keys.ts'
import { createUnlocker } from './unlock.ts'
import type { VaultApi } from './vault-api.ts'

interface PartDeps extends Omit<
  VaultDeps,
  'secrets' | 'sources' | 'store' | 'uses' | 'keeper' | 'keyChange' | 'unlocker'
> {
  keeper: SecretKeeper
  textsElsewhere: RotateKeysDeps['textsElsewhere']
  store: Pick<Store, 'secrets' | 'sources' | 'vault'>
  uses: SecretUses
  changes: Feed<Change>
  log: Log
}

/** The vault with what it does by itself: it goes on with a change of keys, and with endpoints that were locked. */
export function createVaultPart({ store, ...deps }: PartDeps): {
  api: VaultApi
  start(): Promise<void>
  stop(): Promise<void>
} {
  const { secrets } = store
  const projectIds = () => [...deps.registry.projects.keys()]
  const keyChange = createKeyChange({ ...deps, projectIds })
  const unlocker = createUnlocker({ ...deps, secrets })
  // What a change of keys could not go on with at the start, it does once the key is there.
  const lookAgain = async (): Promise<number> => {
    await keyChange.resume()
    return unlocker.look()
  }
  const api = createVault({
    ...deps,
    secrets,
    sources: store.sources,
    store: store.vault,
    keyChange,
    unlocker: { ...unlocker, look: lookAgain },
  })
  return {
    api,
    async start() {
      await keyChange.resume()
      await unlocker.look()
    },
    async stop() {
      unlocker.stop()
      await keyChange.stop()
      await deps.uses.stop()
    },
  }
}
