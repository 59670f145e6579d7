import type { AuditQuery } from '#main/engine/ports.ts'

/** Asks for the newest entries of the audit log, whatever they tell. */
export const EVERY_ENTRY: AuditQuery = {
  projectId: null,
  action: null,
  actor: null,
  target: null,
  outcome: null,
  since: null,
  until: null,
  limit: 500,
  cursor: null,
}
