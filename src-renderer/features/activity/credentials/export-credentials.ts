import type { CredentialView } from '#shared/contract/audit/credentials.ts'
import { toCsv } from '../../../ui/format/csv.ts'

const COLUMNS = [
  'kind',
  'id',
  'name',
  'project',
  'use',
  'owner',
  'createdAt',
  'ageDays',
  'lastUsedAt',
  'expiresAt',
] as const

/** JSON as the API gives it, or CSV with lists joined by spaces. */
export function credentialsToText(items: readonly CredentialView[], form: 'json' | 'csv'): string {
  if (form === 'json') return `${JSON.stringify(items, null, 2)}\n`
  return toCsv(
    [...COLUMNS, 'isActive', 'scopes', 'warnings'],
    items.map((item) => [
      ...COLUMNS.map((name) => item[name]),
      item.isActive,
      item.scopes?.join(' ') ?? null,
      item.warnings.join(' '),
    ]),
  )
}
