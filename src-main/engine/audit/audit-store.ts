import type { AuditEntry, AuditOutcome } from '#shared/model/audit.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Page, PageRequest } from '../ports/store.ts'

/** An entry as it is stored and hashed: its detail is the very text. */
export type AuditRow = Omit<AuditEntry, 'detail'> & { detail: string }

/** Where the chain ends. */
export type AuditHead = Pick<AuditEntry, 'number' | 'hash'>

/** What is about to be done, as text: kept until it is known how it ended. */
export interface AuditIntent {
  key: number
  draft: string
}

export interface AuditQuery extends PageRequest {
  /** Null for every project and what concerns none. */
  projectId: ProjectId | null
  /** An action, or a prefix such as `endpoint.*`. */
  action: string | null
  /** The name of an actor or the id of its key. */
  actor: string | null
  /** The id or the name of a target. */
  target: string | null
  outcome: AuditOutcome | null
  /** Unix ms: from `since` on, before `until`. */
  since: number | null
  until: number | null
}

/** Entries are added and never changed or removed. */
export interface AuditStore {
  /**
   * Keeps what is about to be done; resolves to its key. It needs to outlive the program only, but nothing that is written
   * after it outlives it.
   */
  intend(draft: string): Promise<number>
  /** What was intended and never settled, oldest first. */
  intents(): Promise<readonly AuditIntent[]>
  /** Forgets an intent of which nothing came. */
  forget(key: number): Promise<void>
  /**
   * Adds what `link` makes of the head and settles the intent, in one step: appends at once never share a head. `link` may
   * run twice and touches nothing.
   */
  append(step: { link: (head: AuditHead | null) => AuditRow; settles: number | null }): Promise<AuditRow>
  /** Null while there is no entry. */
  head(): Promise<AuditHead | null>
  /** The highest number that was ever given, as the store counts it beside the entries; null where it cannot tell. */
  counted(): Promise<number | null>
  /** By number, newest first. */
  list(query: AuditQuery): Promise<Page<AuditRow>>
  /** Up to `limit` entries after a number, oldest first. */
  after(number: number, limit: number): Promise<readonly AuditRow[]>
}
