import type { AuditEntryView } from '#shared/contract/audit/audit.ts'
import type { ApiClient } from '../../platform/api/session.ts'
import { toCsv } from '../../ui/format/csv.ts'
import { type ActivityFilter, toQuery } from './activity-filter.ts'

export type ExportForm = 'jsonl' | 'csv'

const COLUMNS = [
  ...(['number', 'at', 'actorName', 'actorKind', 'keyId', 'address', 'projectId', 'action'] as const),
  ...(['targetId', 'targetName', 'outcome', 'code', 'previousHash', 'hash'] as const),
]

/** All entries that the filter finds, oldest first. `onRead` hears how many have been read. */
export async function readAll(
  client: Pick<ApiClient, 'audit'>,
  filter: ActivityFilter,
  onRead: (count: number) => void,
): Promise<AuditEntryView[]> {
  const entries: AuditEntryView[] = []
  let cursor: string | null = null
  do {
    const query = { ...toQuery(filter), limit: 500, ...(cursor !== null && { cursor }) }
    const page: Awaited<ReturnType<ApiClient['audit']['list']>> = await client.audit.list(query)
    entries.push(...page.items)
    cursor = page.nextCursor
    onRead(entries.length)
  } while (cursor !== null)
  return entries.toReversed()
}

/** JSON Lines, or CSV for spreadsheets with the detail as JSON in its last column. */
export function toText(entries: readonly AuditEntryView[], form: ExportForm): string {
  if (form === 'jsonl') return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  return toCsv(
    [...COLUMNS, 'detail'],
    entries.map((entry) => [...COLUMNS.map((name) => entry[name]), JSON.stringify(entry.detail)]),
  )
}
