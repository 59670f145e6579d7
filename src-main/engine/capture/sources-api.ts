import type { ProjectId } from '#shared/model/ids.ts'
import type { Duplicates, Source } from '#shared/model/source.ts'
import type { SealedSourceSecret } from '../ports/source-store.ts'
import type { AnswerChange } from './answer-change.ts'
import type { GivenSecret } from './source-secrets.ts'

export interface SourceChange {
  name?: string | undefined
  provider?: string | null | undefined
  answer?: AnswerChange | undefined
  publicUrl?: string | null | undefined
  /** The whole list that it is to have, newest first; stored ones by their id. */
  secrets?: readonly GivenSecret[] | undefined
  /** The token that its owner also typed at the sender; null removes it. */
  verifyToken?: string | null | undefined
  duplicates?: Duplicates | undefined
  bodyLimitBytes?: number | undefined
  allowedOrigins?: readonly string[] | undefined
}

export interface SourcesApi {
  list(projectId: ProjectId): readonly Source[]
  /** By id or slug; throws `AppError` `not_found`. */
  resolve(projectId: ProjectId, ref: string): Source
  /** What its signatures are checked with, newest first, sealed. */
  secrets(source: Source): Promise<readonly SealedSourceSecret[]>
  hasVerifyToken(source: Source): Promise<boolean>
  create(projectId: ProjectId, input: SourceChange & { name: string; slug: string }): Promise<Source>
  /** A new answer begins its script at the first step. */
  update(source: Source, change: SourceChange): Promise<Source>
  resetScript(source: Source): Promise<Source>
  /** The key before it ends at once. */
  rotateIngestKey(source: Source): Promise<Source>
  /**
   * How many answers its script has given, and the step, from 0, that comes next: null where each message walks the script
   * by itself. Null as a whole where it has none.
   */
  scriptStanding(source: Source): { given: number; next: number | null } | null
  delete(source: Source): Promise<void>
}
