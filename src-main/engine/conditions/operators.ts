import { linearPattern } from '../linear-pattern.ts'
import { jsonEqual } from './json-equal.ts'
import { OperandError } from './operand-error.ts'

/** Whether one value fits; `textual` values are text on the wire. */
export type Test = (value: unknown) => boolean

export interface Operator {
  /** Throws `OperandError` where the operand does not fit the operator. */
  compile(operand: unknown, textual: boolean): Test
  /** Holds where none of a path's values fits, rather than where one does. */
  negated?: true
}

const equals = (operand: unknown, textual: boolean): Test => {
  const expected = comparable(operand)
  return (value) => jsonEqual(read(value, expected, textual), expected)
}

const isOneOf = (operand: unknown, textual: boolean): Test => {
  if (!Array.isArray(operand)) throw new OperandError('takes a list')
  const tests = operand.map((each) => equals(each, textual))
  return (value) => tests.some((test) => test(value))
}

/** The vocabulary of conditions beside `$and`, `$or`, `$not` and `$exist`. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  $eq: { compile: equals },
  $neq: { compile: equals, negated: true },
  $in: { compile: isOneOf },
  $nin: { compile: isOneOf, negated: true },
  $gt: ordering((order) => order > 0),
  $gte: ordering((order) => order >= 0),
  $lt: ordering((order) => order < 0),
  $lte: ordering((order) => order <= 0),
  $startsWith: textTest((value, operand) => value.startsWith(operand)),
  $endsWith: textTest((value, operand) => value.endsWith(operand)),
  $contains: { compile: contains },
  $regex: { compile: matches },
}

function ordering(holds: (order: number) => boolean): Operator {
  return {
    compile(operand, textual) {
      const limit = comparable(operand)
      if (typeof limit !== 'number' && typeof limit !== 'string') throw new OperandError('takes a number or a text')
      return (value) => {
        const given = read(value, limit, textual)
        if (typeof given !== typeof limit) return false
        return holds(given === limit ? 0 : (given as typeof limit) > limit ? 1 : -1)
      }
    },
  }
}

function textTest(holds: (value: string, operand: string) => boolean): Operator {
  return {
    compile(operand) {
      const wanted = textOf(operand)
      return (value) => typeof value === 'string' && holds(value, wanted)
    },
  }
}

/** A part of a text, or an element of a list. */
function contains(operand: unknown, textual: boolean): Test {
  const isElement = equals(operand, textual)
  return (value) => {
    if (Array.isArray(value)) return value.some(isElement)
    return typeof value === 'string' && typeof operand === 'string' && value.includes(operand)
  }
}

function matches(operand: unknown): Test {
  const source = textOf(operand)
  if (source.length > 1_000) throw new OperandError('takes an expression of at most 1,000 characters')
  try {
    const pattern = linearPattern(source)
    return (value) => typeof value === 'string' && pattern.found(value)
  } catch (error) {
    throw new OperandError(`cannot be read: ${error instanceof Error ? error.message : 'unknown syntax'}`)
  }
}

function textOf(operand: unknown): string {
  if (typeof operand === 'string') return operand
  throw new OperandError('takes a text')
}

/** Above 2^53 two neighbours read as the same number, so equality would lie. */
function comparable(operand: unknown): unknown {
  if (typeof operand !== 'number' || !Number.isInteger(operand) || Number.isSafeInteger(operand)) return operand
  throw new OperandError('takes no whole number beyond 2^53, which cannot be compared exactly')
}

const NUMERIC = /^-?\d{1,15}(?:\.\d{1,15})?$/

/** Text on the wire as what it is compared with: `?page=2` is the number 2 to a number. */
function read(value: unknown, operand: unknown, textual: boolean): unknown {
  if (!textual || typeof value !== 'string') return value
  if (typeof operand === 'number') return NUMERIC.test(value) ? Number(value) : value
  if (typeof operand === 'boolean') return value === 'true' ? true : value === 'false' ? false : value
  return value
}
