import type { Comparison, Operand } from '../language/filter-term.ts'
import type { JsonPath } from '../language/json-path.ts'

/** Every value that a path leads to: several where it passes `[*]`, none where it leads nowhere. */
export function valuesAt(body: unknown, path: JsonPath): unknown[] {
  let values = [body]
  for (const step of path) {
    values = values.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return []
      if (step.kind === 'key')
        return Object.hasOwn(value, step.key) && !Array.isArray(value) ? [entryOf(value, step.key)] : []
      if (!Array.isArray(value)) return []
      if (step.kind === 'every') return value as unknown[]
      return step.index < value.length ? [value[step.index] as unknown] : []
    })
  }
  return values
}

function entryOf(value: object, key: string): unknown {
  return (value as Record<string, unknown>)[key]
}

/** Whether a value of a JSON body compares as asked. Objects and arrays never do. */
export function comparesAs(value: unknown, comparison: Comparison, operand: Operand): boolean {
  if (typeof value === 'object' && value !== null) return false
  if (comparison === '=') return equals(value, operand)
  if (comparison === '!=') return !equals(value, operand)
  const order = orderOf(value, operand)
  if (order === null) return false
  switch (comparison) {
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
  }
}

function equals(value: unknown, { text, isQuoted }: Operand): boolean {
  if (typeof value === 'string') return value === text
  if (isQuoted) return false
  return typeof value === 'number' ? isNumber(text) && value === Number(text) : String(value) === text
}

/** Numbers by size, strings by their letters; null where the two have no order. */
function orderOf(value: unknown, { text, isQuoted }: Operand): number | null {
  const isNumeric = !isQuoted && isNumber(text)
  if (typeof value === 'number') return isNumeric ? value - Number(text) : null
  if (typeof value !== 'string' || isNumeric) return null
  return value === text ? 0 : value < text ? -1 : 1
}

/** Whether an operand is compared as a number. */
export function isNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)
}
