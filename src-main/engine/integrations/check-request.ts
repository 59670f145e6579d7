import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { IntegrationKind } from '#shared/model/integration.ts'
import { integrationType } from './integration-types.ts'

/** Keywords that only tell that one inside of them failed. */
const AROUND = new Set(['if', 'allOf', 'then'])

const compiled = new Map<IntegrationKind, ValidateFunction>()

/**
 * Why a body, given as JSON, is not what its destination takes, with the place; null where it is. Fields are read as the
 * destination names them.
 */
export function requestProblem(kind: IntegrationKind, json: string): string | null {
  const validate = validatorOf(kind)
  if (validate(JSON.parse(json))) return null
  const problems = (validate.errors ?? []).filter(({ keyword }) => !AROUND.has(keyword))
  const words = [...new Set(problems.map(toWords))].slice(0, 3)
  return `The request does not fit ${integrationType(kind).name}: ${words.join('; ')}`
}

function validatorOf(kind: IntegrationKind): ValidateFunction {
  const known = compiled.get(kind)
  if (known) return known
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    ownProperties: true,
    validateFormats: false,
    logger: false,
  })
  const validate = ajv.compile(integrationType(kind).schema)
  compiled.set(kind, validate)
  return validate
}

function toWords({ instancePath, message = 'does not fit', params }: ErrorObject): string {
  const allowed = 'allowedValues' in params ? ` (${(params['allowedValues'] as unknown[]).join(', ')})` : ''
  return `${placeOf(instancePath)} ${message}${allowed}`.slice(0, 200)
}

/** A JSON pointer as a person writes places: `events[0].params.value`. */
function placeOf(pointer: string): string {
  const keys = pointer.split('/').slice(1)
  const place = keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('')
  return place === '' ? 'the body' : place.replace(/^\./, '')
}
