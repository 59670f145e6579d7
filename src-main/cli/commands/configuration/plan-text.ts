import cliTruncate from 'cli-truncate'
import type { PlannedChange, PlannedField } from '#shared/model/configuration/plan.ts'
import { plain } from '../../text/plain.ts'
import type { Style, Text, View } from '../../text/view.ts'

type Change = Pick<PlannedChange, 'action' | 'kind' | 'name' | 'fields'>

const SIGNS: Readonly<Record<PlannedChange['action'], readonly [sign: string, style: Style]>> = {
  create: ['+', 'green'],
  change: ['~', 'yellow'],
  remove: ['-', 'red'],
}
const KINDS: Readonly<Record<PlannedChange['kind'], string>> = {
  provider: 'provider',
  eventType: 'event type',
  source: 'source',
  endpoint: 'endpoint',
  workflow: 'workflow',
}

/** What a plan does, thing by thing. */
export function planText(changes: readonly Change[]): Text {
  return (view) => changes.map((change) => changeText(change, view)).join('\n')
}

/** `endpoint “CRM”`. */
export function thingWords({ kind, name }: Pick<Change, 'kind' | 'name'>): string {
  return `${KINDS[kind]} “${plain(name)}”`
}

/** `1 to create, 2 to change, 0 to remove`. */
export function countWords(changes: readonly Change[]): string {
  const count = (action: Change['action']) => changes.filter((change) => change.action === action).length
  return `${count('create')} to create, ${count('change')} to change, ${count('remove')} to remove`
}

function changeText({ action, kind, name, fields }: Change, view: View): string {
  const [sign, style] = SIGNS[action]
  const width = Math.max(0, ...fields.map(({ field }) => field.length))
  const head = view.paint(style, `${sign} ${KINDS[kind]} ${plain(name)}`)
  const lines = fields.map(
    (field) => `    ${field.field.padEnd(width)}  ${cut(fieldText(field, action), width + 6, view)}`,
  )
  return [head, ...lines].join('\n')
}

function fieldText({ before, after }: PlannedField, action: Change['action']): string {
  return action === 'create' ? written(after) : `${written(before)} → ${written(after)}`
}

function written(value: unknown): string {
  if (value === null) return 'none'
  return plain(typeof value === 'string' ? value : JSON.stringify(value))
}

function cut(text: string, indent: number, { width }: View): string {
  return Number.isFinite(width) ? cliTruncate(text, Math.max(20, width - indent)) : text
}
