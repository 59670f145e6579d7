import { z } from 'zod'
import { ProjectId } from './ids.ts'

/** `owner` holds the token of the installation or sits at its window, `key` came with an API key, `system` is Hookloop. */
export const AuditActorKind = z.enum(['owner', 'key', 'system'])
export type AuditActorKind = z.infer<typeof AuditActorKind>

/**
 * `refused` with the error's code; `failed` went wrong inside and may have changed a part; of `interrupted` only its
 * beginning is known, since the program ended before it.
 */
export const AuditOutcome = z.enum(['done', 'refused', 'failed', 'interrupted'])
export type AuditOutcome = z.infer<typeof AuditOutcome>

/** One field that changed; the values of harmless ones alone. */
export const FieldChange = z.object({ field: z.string(), before: z.json().optional(), after: z.json().optional() })
export type FieldChange = z.infer<typeof FieldChange>

export const AuditDetail = z.object({
  changes: z.array(FieldChange).readonly(),
  /** What else is worth knowing, such as how many deliveries were canceled. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type AuditDetail = z.infer<typeof AuditDetail>

export const NO_DETAIL: AuditDetail = { changes: [], facts: {} }

/** One entry of the audit log: who did what to what, from where, when, and how it ended. */
export const AuditEntry = z.object({
  /** Counts from 1 without a gap. */
  number: z.number().int().positive(),
  at: z.number(),
  actorName: z.string(),
  actorKind: AuditActorKind,
  keyId: z.string().nullable(),
  address: z.string().nullable(),
  /** Null where it concerns the whole installation. */
  projectId: ProjectId.nullable(),
  /** `<noun>.<verb>`. */
  action: z.string(),
  targetId: z.string().nullable(),
  targetName: z.string().nullable(),
  outcome: AuditOutcome,
  /** The code of the error where it was refused or failed. */
  code: z.string().nullable(),
  detail: AuditDetail,
  /** SHA-256 in hex: of the entry before this one, and of this one with that. */
  previousHash: z.string(),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** Where the log ends, to be noted elsewhere: `<number>:<hash>`. */
export const AuditHeadText = z
  .string()
  .regex(/^[1-9]\d{0,14}:[0-9a-f]{64}$/, 'must be a number, a colon and a hash of 64 hex digits')

export function headToText({ number, hash }: Pick<AuditEntry, 'number' | 'hash'>): string {
  return `${number}:${hash}`
}

/** Of what `AuditHeadText` takes. */
export function headFromText(text: string): Pick<AuditEntry, 'number' | 'hash'> {
  const [number, hash = ''] = text.split(':')
  return { number: Number(number), hash }
}
