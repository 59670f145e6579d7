import type { ProjectId } from '#shared/model/ids.ts'
import { VaultLockedError, type Random, type SecretStore, type Vault } from '../ports.ts'
import { KEY_BYTES } from './aead.ts'

export interface DataKeys {
  /** The project's key, made at its first use. Throws `VaultLockedError`. */
  toSeal(projectId: ProjectId): Promise<Uint8Array>
  /** The project's key; throws `VaultLockedError` also where it never had one. */
  toOpen(projectId: ProjectId): Promise<Uint8Array>
}

export interface DataKeysDeps {
  secrets: Pick<SecretStore, 'dataKey' | 'keepDataKey'>
  vault: Vault
  random: Random
}

/** One data key for each project: stored sealed by the vault, kept open in memory. */
export function createDataKeys({ secrets, vault, random }: DataKeysDeps): DataKeys {
  const opened = new Map<ProjectId, Promise<Uint8Array>>()

  function remember(projectId: ProjectId, load: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = opened.get(projectId)
    if (known) return known
    const loading = load()
    opened.set(projectId, loading)
    // A vault that is locked now may be open at the next call.
    loading.catch(() => opened.delete(projectId))
    return loading
  }

  async function make(projectId: ProjectId): Promise<Uint8Array> {
    const sealed = await vault.sealKey(random.bytes(KEY_BYTES), contextOf(projectId))
    return vault.openKey(await secrets.keepDataKey(projectId, sealed), contextOf(projectId))
  }

  async function load(projectId: ProjectId): Promise<Uint8Array | null> {
    const sealed = await secrets.dataKey(projectId)
    return sealed && vault.openKey(sealed, contextOf(projectId))
  }

  return {
    toSeal: (projectId) => remember(projectId, async () => (await load(projectId)) ?? make(projectId)),
    toOpen: (projectId) =>
      remember(projectId, async () => {
        const key = await load(projectId)
        if (key) return key
        throw new VaultLockedError('This project has no key, so its secrets must be entered again.')
      }),
  }
}

function contextOf(projectId: ProjectId): string {
  return JSON.stringify(['data-key', projectId])
}
