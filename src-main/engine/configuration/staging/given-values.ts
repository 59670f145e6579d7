import { AppError } from '#shared/model/app-error.ts'
import type { FromVariable } from '#shared/model/configuration/secret-reference.ts'

/** What the variables stand for that a file refers to, by name. */
export type GivenValues = Readonly<Record<string, string>>

/** Longer ones are no secrets that any sender takes. */
const LONGEST = 20_000

/** The value of a variable. Throws `AppError` that names the field. */
export function valueOf({ env: name }: FromVariable, values: GivenValues, field: string): string {
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  if (value === undefined || value === '') {
    throw new AppError('invalid_request', `The variable ${name} is not set.`, {
      field,
      hint: 'Set it where the file is applied; over the API, give it in `values`.',
    })
  }
  if (value.length <= LONGEST) return value
  throw new AppError('invalid_request', `The variable ${name} holds more than ${LONGEST} characters.`, { field })
}

export function nothingToKeep(field: string): AppError {
  return new AppError('invalid_request', 'There is nothing here that could be kept.', {
    field,
    hint: 'Name the variable that holds it: { env: NAME }.',
  })
}
