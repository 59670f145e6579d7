import { AppError } from '#shared/model/app-error.ts'
import type { Condition } from '#shared/model/condition.ts'
import { conditionPath, type ConditionPath } from './condition-path.ts'
import type { EventFacts } from './event-facts.ts'
import { OperandError } from './operand-error.ts'
import { OPERATORS } from './operators.ts'

/** Null where it asks for a body that this event does not have: then its negation does not hold either. */
type Truth = boolean | null
type Predicate = (facts: EventFacts) => Truth
type Fields = Readonly<Record<string, unknown>>

const MAX_DEPTH = 20
const MAX_NODES = 1_000
const HINT = `Write {"body.status": "paid"} or {"body.total": {"$gte": 100}}. Operators: ${[...Object.keys(OPERATORS), '$exist', '$and', '$or', '$not'].join(' ')}.`

/**
 * The condition as a function of an event. Several entries must all hold; a value alone means `$eq`; `$and`, `$or` and
 * `$not` stand around paths or around operators. Throws `AppError` that names the place and the operator.
 */
export function compileCondition(condition: Condition): (facts: EventFacts) => boolean {
  const holds = conjunction(condition, { at: 'condition', depth: 0, budget: { nodes: MAX_NODES }, path: '' })
  return (facts) => holds(facts) === true
}

interface Place {
  /** For messages. */
  at: string
  depth: number
  budget: { nodes: number }
  /** The path so far; empty above the first one. */
  path: string
}

function conjunction(fields: Fields, place: Place): Predicate {
  const entries = Object.entries(fields)
  if (entries.length === 0) throw refused(place.at, 'is empty')
  return all(entries.map(([key, value]) => entry(key, value, inside(place, key))))
}

function entry(key: string, value: unknown, place: Place): Predicate {
  if (key === '$and') return all(branches(value, place))
  if (key === '$or') return any(branches(value, place))
  if (key === '$not') return not(branch(value, place))
  if (key.startsWith('$')) return operation(key, value, place)
  return branch(value, { ...place, path: place.path === '' ? key : `${place.path}.${key}` })
}

function branches(value: unknown, place: Place): Predicate[] {
  if (!Array.isArray(value) || value.length === 0) throw refused(place.at, 'takes a list of conditions')
  return value.map((each, index) => branch(each, inside(place, String(index))))
}

/** What stands at a path: operators, further keys below it, or the value that it must have. */
function branch(value: unknown, place: Place): Predicate {
  if (isFields(value)) {
    const operators = Object.keys(value).filter((key) => key.startsWith('$')).length
    if (place.path !== '' && operators > 0 && operators < Object.keys(value).length) {
      throw refused(place.at, 'mixes operators and keys')
    }
    return conjunction(value, place)
  }
  if (place.path === '') throw refused(place.at, 'takes a condition')
  return operation('$eq', value, place)
}

function operation(name: string, operand: unknown, place: Place): Predicate {
  if (place.path === '') throw refused(place.at, Object.hasOwn(OPERATORS, name) ? 'stands at no path' : 'is not known')
  const path = conditionPath(place.path)
  if (!path)
    throw refused(
      place.at,
      `asks for “${place.path}”; a path begins with body, headers, query, path, method, type or source`,
    )
  if (name === '$exist') return existence(path, operand, place)
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
  if (!operator) throw refused(place.at, 'is not an operator')
  countNodes(operand, place)
  const test = compiled(() => operator.compile(operand, path.textual), place)
  return (facts) => {
    const values = path.values(facts)
    return values === null ? null : values.some(test) !== (operator.negated ?? false)
  }
}

function existence(path: ConditionPath, operand: unknown, place: Place): Predicate {
  if (typeof operand !== 'boolean') throw refused(place.at, 'takes true or false')
  return (facts) => {
    const values = path.values(facts)
    return values === null ? null : values.length > 0 === operand
  }
}

function compiled<T>(compile: () => T, place: Place): T {
  try {
    return compile()
  } catch (error) {
    if (error instanceof OperandError) throw refused(place.at, error.message)
    throw error
  }
}

const all =
  (predicates: readonly Predicate[]): Predicate =>
  (facts) => {
    let truth: Truth = true
    for (const holds of predicates) {
      const each = holds(facts)
      if (each === false) return false
      if (each === null) truth = null
    }
    return truth
  }

const not =
  (holds: Predicate): Predicate =>
  (facts) => {
    const truth = holds(facts)
    return truth === null ? null : !truth
  }

const any = (predicates: readonly Predicate[]): Predicate => not(all(predicates.map(not)))

function inside(place: Place, key: string): Place {
  const at = `${place.at}.${key.slice(0, 60)}`
  if (place.depth >= MAX_DEPTH) throw refused(at, `is nested deeper than ${MAX_DEPTH} levels`)
  if (--place.budget.nodes < 0) throw refused('condition', `has more than ${MAX_NODES} parts`)
  return { ...place, at, depth: place.depth + 1 }
}

/** An operand's own parts count too, so that none is deeper or larger than a condition may be. */
function countNodes(operand: unknown, place: Place): void {
  if (typeof operand !== 'object' || operand === null) return
  for (const [key, value] of Object.entries(operand)) countNodes(value, inside(place, key))
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refused(at: string, problem: string): AppError {
  return new AppError('invalid_request', `The condition cannot be used: ${at} ${problem}.`, { field: at, hint: HINT })
}
