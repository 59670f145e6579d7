import {
  VaultLockedError,
  type SealedAnswer,
  type SealedSecret,
  type SealedSender,
  type SealedSenderSecret,
  type SealedSourceSecret,
  type SealedText,
  type SealedCallback,
} from '../ports.ts'
import { SealBrokenError } from './aead.ts'
import type { DataKeys } from './data-keys.ts'
import { type DataKey, keyNumberOf, openText, sealText } from './sealed-text.ts'

/** What names one version of one secret of an endpoint; sealed bytes open under no other. */
export type SecretIdentity = Pick<SealedSecret, 'id' | 'projectId' | 'endpointId' | 'name' | 'version'>
/** What names one secret of a source; sealed bytes open under no other. */
export type SourceSecretIdentity = Pick<SealedSourceSecret, 'id' | 'projectId' | 'sourceId'>
/** What names the secret of a sender; sealed bytes open under no other. */
export type SenderSecretIdentity = Pick<SealedSender, 'projectId'> & Pick<SealedSenderSecret, 'senderId'>

/** What names the credentials of a callback; sealed bytes open under no other. */
export type CallbackIdentity = Omit<SealedCallback, 'sealed'>

/** What names the answer to an attempt; sealed bytes open under no other. */
export type AnswerIdentity = Omit<SealedAnswer, 'sealed'>

type Identity = AnswerIdentity | SecretIdentity | SourceSecretIdentity | SenderSecretIdentity | CallbackIdentity

export interface SecretKeeper {
  /** Throws `VaultLockedError`. */
  seal(identity: Identity, text: string): Promise<Uint8Array>
  /** The secret's text. Throws `VaultLockedError` where the vault is locked or the stored secret is damaged. */
  open(secret: SealedText | SealedCallback): Promise<string>
  /** The text sealed anew by another data key, opened once more before it is given. Throws `VaultLockedError`. */
  resealed(secret: SealedText | SealedCallback, key: DataKey): Promise<Uint8Array>
}

/** Seals secrets with the data keys of their project, each bound to its own place. */
export function createSecretKeeper(dataKeys: DataKeys): SecretKeeper {
  async function opened(secret: SealedText | SealedCallback): Promise<string> {
    try {
      const key = await dataKeys.toOpen(secret.projectId, keyNumberOf(secret.sealed))
      return openText(key, secret.sealed, contextOf(secret))
    } catch (error) {
      if (error instanceof SealBrokenError) throw damaged(secret, error)
      throw error
    }
  }

  return {
    open: opened,
    seal: async (identity, text) => sealText(await dataKeys.toSeal(identity.projectId), text, contextOf(identity)),
    async resealed(secret, key) {
      const text = await opened(secret)
      const sealed = sealText(key, text, contextOf(secret))
      if (openText(key, sealed, contextOf(secret)) !== text) throw new Error('A secret did not come back as it was')
      return sealed
    },
  }
}

function contextOf(identity: Identity): string {
  const { projectId } = identity
  if ('callbackOf' in identity) {
    return JSON.stringify(['callback-headers', projectId, identity.callbackOf, identity.revision])
  }
  if ('attemptId' in identity) return JSON.stringify(['raw-answer', projectId, identity.attemptId])
  if ('senderId' in identity) return JSON.stringify(['sender-secret', projectId, identity.senderId])
  if ('sourceId' in identity) return JSON.stringify(['source-secret', projectId, identity.sourceId, identity.id])
  const { endpointId, id, version, name } = identity
  return JSON.stringify(['secret', projectId, endpointId, id, version, name])
}

function wordsOf(identity: Identity): string {
  if ('callbackOf' in identity) return 'A credential among the headers of a callback'
  if ('attemptId' in identity) return 'The answer as it came'
  if ('senderId' in identity) return 'The secret that was given for this delivery'
  if ('sourceId' in identity) return `A secret of ${identity.sourceId}`
  return `The secret “${identity.name}” of ${identity.endpointId}`
}

function damaged(identity: Identity, cause: unknown): VaultLockedError {
  const help = 'attemptId' in identity ? 'only its masked form is left' : 'enter it again'
  const error = new VaultLockedError(`${wordsOf(identity)} is damaged: ${help}.`)
  error.cause = cause
  return error
}
