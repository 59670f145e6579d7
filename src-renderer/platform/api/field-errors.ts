import { refusalOf } from './refusal.ts'

/** A refusal, sorted to the fields of a form. */
export interface FieldErrors {
  /** What is wrong with a field, or with a part of it, and what to do about it. */
  errorOf: (field: string) => string | null
  /** What belongs to no field of the form. */
  general: string | null
}

/** `fields` are those that the form shows; places within them, such as `targets.1.url` in `targets`, are theirs too. */
export function fieldErrors(error: unknown, fields: readonly string[]): FieldErrors {
  if (error === null || error === undefined) return { errorOf: () => null, general: null }
  const { field, message, hint } = refusalOf(error)
  const words = hint === null ? message : `${message} ${hint}`
  const isAt = (name: string): boolean =>
    field === name || (field?.startsWith(`${name}.`) ?? false) || (field?.startsWith(`${name}[`) ?? false)
  return { errorOf: (name) => (isAt(name) ? words : null), general: fields.some(isAt) ? null : words }
}
