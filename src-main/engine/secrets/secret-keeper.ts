import {
  VaultLockedError,
  type Random,
  type SealedSecret,
  type SealedSourceSecret,
  type SecretStore,
  type Vault,
} from '../ports.ts'
import { open, seal } from './aead.ts'
import { createDataKeys } from './data-keys.ts'

/** What names one version of one secret of an endpoint; sealed bytes open under no other. */
export type SecretIdentity = Pick<SealedSecret, 'id' | 'projectId' | 'endpointId' | 'name' | 'version'>
/** What names one secret of a source; sealed bytes open under no other. */
export type SourceSecretIdentity = Pick<SealedSourceSecret, 'id' | 'projectId' | 'sourceId'>

export interface SecretKeeper {
  /** Throws `VaultLockedError`. */
  seal(identity: SecretIdentity | SourceSecretIdentity, text: string): Promise<Uint8Array>
  /** The secret's text. Throws `VaultLockedError` where the vault is locked or the stored secret is damaged. */
  open(secret: SealedSecret | SealedSourceSecret): Promise<string>
}

export interface SecretKeeperDeps {
  secrets: Pick<SecretStore, 'dataKey' | 'keepDataKey'>
  vault: Vault
  random: Random
}

/** Seals secrets with the data key of their project, each bound to its own place. */
export function createSecretKeeper(deps: SecretKeeperDeps): SecretKeeper {
  const dataKeys = createDataKeys(deps)
  return {
    async seal(identity, text) {
      return seal(await dataKeys.toSeal(identity.projectId), new TextEncoder().encode(text), contextOf(identity))
    },

    async open(secret) {
      const key = await dataKeys.toOpen(secret.projectId)
      try {
        return new TextDecoder().decode(open(key, secret.sealed, contextOf(secret)))
      } catch (cause) {
        throw damaged(secret, cause)
      }
    },
  }
}

function contextOf(identity: SecretIdentity | SourceSecretIdentity): string {
  const { projectId, id } = identity
  if ('sourceId' in identity) return JSON.stringify(['source-secret', projectId, identity.sourceId, id])
  const { endpointId, version, name } = identity
  return JSON.stringify(['secret', projectId, endpointId, id, version, name])
}

function damaged(secret: SealedSecret | SealedSourceSecret, cause: unknown): VaultLockedError {
  const which =
    'sourceId' in secret ? `A secret of ${secret.sourceId}` : `The secret “${secret.name}” of ${secret.endpointId}`
  const error = new VaultLockedError(`${which} is damaged: enter it again.`)
  error.cause = cause
  return error
}
