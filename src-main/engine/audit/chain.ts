import { createHash } from 'node:crypto'
import type { AuditHead, AuditRow } from './audit-store.ts'

/** Where a chain without entries ends. */
export const EMPTY_HEAD: AuditHead = { number: 0, hash: '0'.repeat(64) }

/** An entry without its place in the chain. */
export type UnchainedRow = Omit<AuditRow, 'number' | 'previousHash' | 'hash'>

/** The entry that follows `head`, or the first of all. */
export function chained(row: UnchainedRow, head: AuditHead | null): AuditRow {
  const { number, hash } = head ?? EMPTY_HEAD
  const placed = { ...row, number: number + 1, previousHash: hash }
  return { ...placed, hash: hashOf(placed) }
}

/** SHA-256 over the canonical form: a JSON list of every field but the hash itself, in this order. */
export function hashOf(row: Omit<AuditRow, 'hash'>): string {
  const fields = [
    'hookloop-audit-1',
    row.number,
    row.at,
    row.actorName,
    row.actorKind,
    row.keyId,
    row.address,
    row.projectId,
    row.action,
    row.targetId,
    row.targetName,
    row.outcome,
    row.code,
    row.detail,
    row.previousHash,
  ]
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}
