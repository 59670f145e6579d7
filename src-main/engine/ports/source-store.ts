import type { ProjectId, SecretId, SourceId } from '#shared/model/ids.ts'
import type { Source } from '#shared/model/source.ts'

/** A secret that a source's signatures are checked with, sealed with its project's data key. */
export interface SealedSourceSecret {
  id: SecretId
  projectId: ProjectId
  sourceId: SourceId
  sealed: Uint8Array
  createdAt: number
}

export interface SourceStore {
  /** Every source of every project that is not deleted, oldest first. */
  list(): Promise<readonly Source[]>
  /** Resolves to false, keeping nothing, where the slug is taken in any project. `secrets` are newest first. */
  create(source: Source, secrets?: readonly SealedSourceSecret[]): Promise<boolean>
  /** Replaces what can change (all but id, project, slug and creation), and the secrets where some are given. */
  update(source: Source, secrets?: readonly SealedSourceSecret[]): Promise<void>
  /** In the order in which they were given. */
  secrets(sourceId: SourceId): Promise<readonly SealedSourceSecret[]>
  /** Its events stay, its secrets go; its slug is free again. */
  delete(sourceId: SourceId, now: number): Promise<void>
}
