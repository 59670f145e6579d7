import { refusalOf } from '../../../platform/api/refusal.ts'

const FIELDS = new Set([
  'name',
  'url',
  'eventTypes',
  'policy',
  'provider',
  'secret',
  'headers',
  'condition',
  'transformation',
  'secrets',
  'method',
  'tls',
  'owner',
  'escalation',
  'watchHours',
  'mapping',
  'settings',
  'baseUrl',
])

export interface FieldErrors {
  /** What is wrong with one field, with what to do about it. */
  errorOf: (field: string) => string | null
  /** What is wrong at just this place, such as `settings.pixelId`. */
  placeError: (place: string) => string | null
  /** What belongs to no field of the form. */
  general: string | null
}

/** Sorts a refusal to the field that it names. */
export function fieldErrors(error: unknown): FieldErrors {
  if (error === null || error === undefined) return { errorOf: () => null, placeError: () => null, general: null }
  const { field, message, hint } = refusalOf(error)
  const top = field?.split(/[.[]/)[0]
  const words = hint === null ? message : `${message} ${hint}`
  const isKnown = top !== undefined && FIELDS.has(top)
  return {
    errorOf: (name) => (isKnown && name === top ? words : null),
    placeError: (place) => (place === field ? words : null),
    general: isKnown ? null : words,
  }
}
