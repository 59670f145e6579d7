import type { ProjectId } from '#shared/model/ids.ts'
import { VaultLockedError, type DataKeyStore, type Random, type SealedDataKey, type Vault } from '../ports.ts'
import { KEY_BYTES } from './aead.ts'
import type { DataKey } from './sealed-text.ts'

export interface DataKeys {
  /** The project's newest key, made at its first use. Throws `VaultLockedError`. */
  toSeal(projectId: ProjectId): Promise<DataKey>
  /** Throws `VaultLockedError`, also where the project never had that key. */
  toOpen(projectId: ProjectId, number: number): Promise<DataKey>
  /** Makes a new key, which seals from now on. Throws `VaultLockedError`. */
  add(projectId: ProjectId): Promise<DataKey>
  /** Reads anew whatever it is asked next. */
  forget(projectId: ProjectId): void
}

export interface DataKeysDeps {
  keys: DataKeyStore
  vault: Vault
  random: Random
}

/** The data keys of each project: stored sealed by the vault, kept open in memory. */
export function createDataKeys({ keys, vault, random }: DataKeysDeps): DataKeys {
  const newest = new Map<ProjectId, Promise<DataKey>>()
  const opened = new Map<string, Promise<DataKey>>()

  function remember<K>(known: Map<K, Promise<DataKey>>, key: K, load: () => Promise<DataKey>): Promise<DataKey> {
    const found = known.get(key)
    if (found) return found
    const loading = load()
    known.set(key, loading)
    // A vault that is locked now may be open at the next call.
    loading.catch(() => known.get(key) === loading && known.delete(key))
    return loading
  }

  async function openKey(key: SealedDataKey): Promise<DataKey> {
    return { number: key.number, bytes: await vault.openKey(key.sealed, dataKeyContext(key)) }
  }

  async function make(projectId: ProjectId, number: number): Promise<DataKey> {
    const place = { projectId, number }
    const sealed = await vault.sealKey(random.bytes(KEY_BYTES), dataKeyContext(place))
    return openKey(await keys.keep({ ...place, sealed }))
  }

  async function loadNewest(projectId: ProjectId): Promise<DataKey> {
    const [latest] = await keys.list(projectId)
    return latest ? openKey(latest) : make(projectId, 1)
  }

  return {
    toSeal: (projectId) => remember(newest, projectId, () => loadNewest(projectId)),

    toOpen: (projectId, number) =>
      remember(opened, `${projectId}/${number}`, async () => {
        const key = (await keys.list(projectId)).find((each) => each.number === number)
        if (key) return openKey(key)
        throw new VaultLockedError('The key of this secret is gone, so the secret must be entered again.')
      }),

    async add(projectId) {
      const [latest] = await keys.list(projectId)
      const added = await make(projectId, (latest?.number ?? 0) + 1)
      newest.set(projectId, Promise.resolve(added))
      return added
    },

    forget(projectId) {
      newest.delete(projectId)
      for (const key of opened.keys()) if (key.startsWith(`${projectId}/`)) opened.delete(key)
    },
  }
}

/** What a sealed data key is bound to. */
export function dataKeyContext({ projectId, number }: Pick<SealedDataKey, 'projectId' | 'number'>): string {
  return JSON.stringify(number === 1 ? ['data-key', projectId] : ['data-key', projectId, number])
}
