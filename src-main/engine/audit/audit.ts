import { AuditDetail, NO_DETAIL, type AuditEntry } from '#shared/model/audit.ts'
import type { Clock, Page } from '../ports.ts'
import type { AuditHead, AuditQuery, AuditRow, AuditStore } from './audit-store.ts'
import { chained } from './chain.ts'
import { createRepeats } from './repeats.ts'
import { type Verification, verifyChain } from './verify-chain.ts'
import { type AuditedAction, type AuditedEnd, type Draft, draftOf, rowOf } from './draft.ts'

/** An action whose beginning is on record. */
export interface OpenAction {
  /** Puts the whole on record, with what became known meanwhile; resolves once that is durable. */
  end(end: AuditedEnd & Partial<Pick<AuditedAction, 'projectId' | 'target' | 'detail'>>): Promise<AuditEntry>
  /** Nothing came of it that belongs on record. */
  forget(): Promise<void>
}

export interface AuditApi {
  /**
   * Puts what was done, or is refused, on record; resolves once that is durable. Throws `StoreUnavailableError`, whereupon
   * what must not happen unrecorded must not happen.
   */
  record(entry: AuditedAction & AuditedEnd): Promise<AuditEntry>
  /** Says what is about to be done: should the program end meanwhile, its next start puts that on record. */
  begin(action: AuditedAction): Promise<OpenAction>
  /**
   * As `record`, of a try that was refused: one of the same actor, action and code within a minute is left out, so that
   * nobody fills the log with them.
   */
  recordRefusal(entry: AuditedAction & { code: string }): Promise<void>
  list(query: AuditQuery): Promise<Page<AuditEntry>>
  /** Null while there is no entry. */
  head(): Promise<AuditHead | null>
  /** Checks the whole log, and whether a head that was noted before is in it. */
  verify(expected: AuditHead | null): Promise<Verification>
}

export interface AuditDeps {
  store: AuditStore
  clock: Pick<Clock, 'now' | 'after'>
}

export function createAudit({ store, clock }: AuditDeps): AuditApi {
  async function append(draft: Draft, end: AuditedEnd, settles: number | null): Promise<AuditEntry> {
    const row = rowOf(draft, end, clock.now())
    return toEntry(await store.append({ link: (head) => chained(row, head), settles }))
  }

  const oncePerMinute = createRepeats(clock)

  return {
    record: (entry) => append(draftOf(entry), entry, null),

    async recordRefusal(entry) {
      const { actor, action, code } = entry
      await oncePerMinute(JSON.stringify([actor.kind, actor.keyId, actor.name, action, code]), async () => {
        await append(draftOf(entry), { outcome: 'refused', code }, null)
      })
    },

    async begin(action) {
      const key = await store.intend(JSON.stringify(draftOf(action)))
      return {
        end: ({ outcome, code, ...known }) => append(draftOf({ ...action, ...known }), { outcome, code }, key),
        forget: () => store.forget(key),
      }
    },

    async list(query) {
      const page = await store.list(query)
      return { ...page, items: page.items.map(toEntry) }
    },

    head: store.head,
    verify: (expected) =>
      verifyChain(store, { expected, breathe: () => new Promise((resolve) => void clock.after(0, resolve)) }),
  }
}

/** For people: what was tampered with is shown as far as it can be read. */
function toEntry({ detail, ...row }: AuditRow): AuditEntry {
  return { ...row, detail: readDetail(detail) }
}

function readDetail(text: string): AuditDetail {
  try {
    const read = AuditDetail.safeParse(JSON.parse(text))
    if (read.success) return read.data
  } catch {
    // Falls through: it is no JSON.
  }
  return { ...NO_DETAIL, facts: { unreadable: true } }
}
