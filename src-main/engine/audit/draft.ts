import { z } from 'zod'
import type { AuditDetail } from '#shared/model/audit.ts'
import { AuditActorKind, AuditEntry, NO_DETAIL, type AuditOutcome } from '#shared/model/audit.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { UnchainedRow } from './chain.ts'
import { cleanText } from './clean-text.ts'

/** Who acts, as far as an entry tells; a `Caller` is one. */
export const AuditActor = z.object({
  name: z.string(),
  kind: AuditActorKind,
  keyId: z.string().nullable(),
  address: z.string().nullable(),
})
export type AuditActor = z.infer<typeof AuditActor>

/** Hookloop itself. */
export const SYSTEM_ACTOR: AuditActor = { name: 'hookloop', kind: 'system', keyId: null, address: null }

/** What is done to what. */
export interface AuditedAction {
  actor: AuditActor
  /** `<noun>.<verb>`. */
  action: string
  /** Null, as when left out, where it concerns the whole installation. */
  projectId?: ProjectId | null
  target?: { id?: string | null; name?: string | null }
  /** Never the value of a secret. */
  detail?: Partial<AuditDetail>
}

export interface AuditedEnd {
  outcome: AuditOutcome
  /** The code of the error; null, as when left out, where there is none. */
  code?: string | null
}

/** An action in the form in which it waits for its end. */
export const Draft = AuditEntry.omit({
  number: true,
  at: true,
  outcome: true,
  code: true,
  previousHash: true,
  hash: true,
})
export type Draft = z.infer<typeof Draft>

export function draftOf({ actor, action, projectId = null, target = {}, detail = {} }: AuditedAction): Draft {
  return {
    actorName: cleanText(actor.name),
    actorKind: actor.kind,
    keyId: clean(actor.keyId),
    address: clean(actor.address),
    projectId,
    action,
    targetId: clean(target.id),
    targetName: clean(target.name),
    detail: { ...NO_DETAIL, ...detail },
  }
}

/** The entry of an action that ended at `at`, in unix ms. */
export function rowOf({ detail, ...draft }: Draft, { outcome, code }: AuditedEnd, at: number): UnchainedRow {
  return { ...draft, at, outcome, code: clean(code), detail: JSON.stringify(cleanDetail(detail)) }
}

function clean(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : cleanText(text)
}

function cleanDetail({ changes, facts }: AuditDetail): AuditDetail {
  return {
    changes: changes.map((change) => cleanValue(change) as (typeof changes)[number]),
    facts: cleanValue(facts) as typeof facts,
  }
}

/** JSON with every text in it clean. */
function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleanValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [cleanText(name), cleanValue(inner)]))
}
