import type { ProjectId, SecretId, SourceId } from '#shared/model/ids.ts'
import type { Link } from '#shared/model/link/link.ts'
import type { Source } from '#shared/model/source.ts'

/** A secret of a source, sealed with its project's data key. */
export interface SealedSourceSecret {
  id: SecretId
  projectId: ProjectId
  sourceId: SourceId
  /**
   * What signatures are checked with, the token by which a sender asks whether the address is meant, or the key with which
   * the relay is asked that feeds it.
   */
  role: 'signing' | 'verify-token' | 'link-key'
  sealed: Uint8Array
  createdAt: number
}

export interface SourceStore {
  /** Every source of every project that is not deleted, oldest first. */
  list(): Promise<readonly Source[]>
  /**
   * Resolves to false, keeping nothing, where the slug is taken in any project. `secrets` are newest first; `link` is what
   * feeds it.
   */
  create(source: Source, secrets?: readonly SealedSourceSecret[], link?: Link): Promise<boolean>
  /**
   * Replaces what can change (all but id, project, slug and creation), and the secrets where some are given;
   * `restartsScript` forgets which answers of its script were given.
   */
  update(
    source: Source,
    options?: { secrets?: readonly SealedSourceSecret[] | undefined; restartsScript?: boolean },
  ): Promise<void>
  /** In the order in which they were given. */
  secrets(sourceId: SourceId): Promise<readonly SealedSourceSecret[]>
  /** How many answers each source's script has given, over all messages; sources that gave none are left out. */
  answersGiven(): Promise<ReadonlyMap<SourceId, number>>
  /** Its events stay; its secrets, its link and its subscriptions go; its slug is free again. */
  delete(sourceId: SourceId, now: number): Promise<void>
}
