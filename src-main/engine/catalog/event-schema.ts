import { Ajv2020, type ErrorObject, type Options } from 'ajv/dist/2020.js'
import type { JsonSchema } from '#shared/model/own-event-type.ts'
import { linearPattern } from '../linear-pattern.ts'

/** What is wrong with a schema or a sample. */
export interface SchemaProblem {
  in: 'schema' | 'sample'
  /** Keys and places from the root down to what is wrong. */
  path: readonly string[]
  /** Such as `must be number`. */
  message: string
}

const MAX_SCHEMA_BYTES = 65_536
const MAX_SAMPLE_BYTES = 262_144
const MAX_DEPTH = 64
const MOST_PROBLEMS = 50

const DIALECT = /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/

/** Keywords that point elsewhere, or give a place a name that others could point at. */
const POINTING = new Set(['$ref', '$dynamicRef', '$recursiveRef'])

const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  // A field called `toString` is there only where the sample has it.
  ownProperties: true,
  // In this dialect a format is a remark, not a rule.
  validateFormats: false,
  logger: false,
  code: { regExp: Object.assign(linearRegExp, { code: '' }) },
}

/** A pattern of a schema, matched in linear time whatever it is. The library tells patterns apart by their text. */
function linearRegExp(source: string): { test: (text: string) => boolean; toString: () => string } {
  const pattern = linearPattern(source)
  return { test: (text) => pattern.found(text), toString: () => source }
}

/** Everything that keeps a schema from being used, or a sample from fitting it; empty where all is well. Takes any JSON. */
export function schemaProblems(schema: JsonSchema, sample: unknown): readonly SchemaProblem[] {
  const bounds = [outOfBounds('schema', schema, MAX_SCHEMA_BYTES), outOfBounds('sample', sample, MAX_SAMPLE_BYTES)]
  const tooLarge = bounds.filter((problem) => problem !== null)
  if (tooLarge.length > 0) return tooLarge
  const pointing = pointsElsewhere(schema, [])
  if (pointing.length > 0) return pointing
  return check(schema, sample).slice(0, MOST_PROBLEMS)
}

function check(schema: JsonSchema, sample: unknown): SchemaProblem[] {
  const ajv = new Ajv2020(OPTIONS)
  if (!isOfThisDialect(schema)) {
    return [{ in: 'schema', path: ['$schema'], message: 'must be left out, or name the dialect 2020-12' }]
  }
  if (!ajv.validateSchema(schema)) return (ajv.errors ?? []).map((error) => toProblem('schema', error))
  try {
    const validate = ajv.compile(schema)
    return validate(sample) ? [] : (validate.errors ?? []).map((error) => toProblem('sample', error))
  } catch (error) {
    // A reference to a place that is not there, or a pattern that cannot be read.
    return [{ in: 'schema', path: [], message: error instanceof Error ? error.message : 'cannot be used' }]
  }
}

/** Answers what of a value does not fit a schema, as the library tells it; none where it fits, or the schema cannot be used. */
export function compileSchema(schema: JsonSchema): (value: unknown) => readonly ErrorObject[] {
  if (pointsElsewhere(schema, []).length > 0 || !isOfThisDialect(schema)) return () => []
  try {
    const validate = new Ajv2020(OPTIONS).compile(schema)
    return (value) => (validate(value) ? [] : (validate.errors ?? []))
  } catch {
    // It was checked when it was saved; one that is damaged since marks nothing.
    return () => []
  }
}

function isOfThisDialect({ $schema }: JsonSchema): boolean {
  return $schema === undefined || (typeof $schema === 'string' && DIALECT.test($schema))
}

function pointsElsewhere(part: unknown, path: readonly string[]): SchemaProblem[] {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]): SchemaProblem[] => {
    const here = [...path, key]
    if (POINTING.has(key) && typeof value === 'string' && !value.startsWith('#')) {
      return [
        { in: 'schema', path: here, message: 'must point into this schema, beginning with #: nothing is fetched' },
      ]
    }
    if (key === '$id' && typeof value === 'string') {
      return [{ in: 'schema', path: here, message: 'must be left out: this schema stands for itself' }]
    }
    return pointsElsewhere(value, here)
  })
}

function outOfBounds(place: SchemaProblem['in'], value: unknown, mostBytes: number): SchemaProblem | null {
  if (depthOf(value, MAX_DEPTH) > MAX_DEPTH) {
    return { in: place, path: [], message: `must not be nested deeper than ${MAX_DEPTH} levels` }
  }
  if (Buffer.byteLength(JSON.stringify(value) ?? '') <= mostBytes) return null
  return { in: place, path: [], message: `must not have more than ${mostBytes / 1024} KiB` }
}

/** Levels of nesting, counted no further than one past `limit`. */
function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null || limit < 0) return 0
  return 1 + Math.max(0, ...Object.values(value).map((inner) => depthOf(inner, limit - 1)))
}

function toProblem(
  place: SchemaProblem['in'],
  { instancePath, message = 'does not fit', params }: ErrorObject,
): SchemaProblem {
  const allowed = 'allowedValues' in params ? ` (${JSON.stringify(params['allowedValues'])})` : ''
  return { in: place, path: pointerKeys(instancePath), message: `${message}${allowed}`.slice(0, 300) }
}

/** The keys of a JSON pointer (RFC 6901). */
export function pointerKeys(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}
