import type { ProjectId } from '#shared/model/ids.ts'
import type { SealedAnswer } from '../delivery/masking/raw-answer-store.ts'
import type { SealedSecret } from '../ports/secret-store.ts'
import type { SealedSourceSecret } from '../ports/source-store.ts'
import type { SettingScope } from '../settings/setting-store.ts'
import type { SealedSender } from '../catalog/trigger/sender-store.ts'

/** A data key of a project, sealed by the vault. */
export interface SealedDataKey {
  projectId: ProjectId
  /** From 1; the newest seals. */
  number: number
  sealed: Uint8Array
}

/** The secret of a sender, with what names it. */
export interface SealedSenderSecret {
  projectId: ProjectId
  senderId: SealedSender['id']
  sealed: Uint8Array
}

/** The credentials of a callback, with what names them; they lie in the settings. */
export interface SealedCallback {
  projectId: ProjectId
  callbackOf: SettingScope
  revision: string
  sealed: Uint8Array
}

/** What a data key seals in a table of its own. */
export type SealedText = SealedSecret | SealedSourceSecret | SealedSenderSecret | SealedAnswer

export type TextKind = 'endpoint' | 'source' | 'sender' | 'answer'

export interface TextQuery {
  projectId: ProjectId
  kind: TextKind
  /** The position of the last one that was read; 0 at first. */
  after: number
  limit: number
}

export interface DataKeyStore {
  /** The data keys of a project, newest first. */
  list(projectId: ProjectId): Promise<readonly SealedDataKey[]>
  /** Keeps the key unless its number is taken; resolves to the one that is kept under it. */
  keep(key: SealedDataKey): Promise<SealedDataKey>
  /** Puts `to` in the place of the key's sealed bytes; false, changing nothing, where they are others by now. */
  replace(key: SealedDataKey, to: Uint8Array): Promise<boolean>
  drop(key: Pick<SealedDataKey, 'projectId' | 'number'>): Promise<void>
  /** What the data keys of a project seal, each with its position, in a steady order. */
  texts(query: TextQuery): Promise<readonly { position: number; text: SealedText }[]>
  /** Puts `to` in the place of a text's sealed bytes; false, changing nothing, where they are others by now, or gone. */
  reseal(text: SealedText, to: Uint8Array): Promise<boolean>
}
