import type { Expression } from 'jsonata'
import { ExpressionProblem } from './expression-problem.ts'

/** What one evaluation may use. The count of steps decides; the time is for what one step may do. */
export const LIMITS = {
  steps: 500_000,
  timeMs: 10_000,
  depth: 200,
  sequence: 100_000,
  resultBytes: 10 * 1_048_576,
}

/** Steps between two pauses in which other work goes on. */
const STRETCH = 1_000

const ENTRY = Symbol.for('jsonata.__evaluate_entry')
const EXIT = Symbol.for('jsonata.__evaluate_exit')

/** Hooks into an expression, for all of its evaluations: each has its own count. */
export function boundExpression(expression: Expression, breathe: () => Promise<void>): void {
  const steps = new WeakMap<object, number>()
  const assign = (name: symbol, hook: unknown) => expression.assign(name as unknown as string, hook)

  assign(ENTRY, (_node: unknown, _input: unknown, { base }: { base: object }) => {
    const count = (steps.get(base) ?? 0) + 1
    steps.set(base, count)
    if (count > LIMITS.steps) throw new ExpressionProblem(`it takes more than ${LIMITS.steps} steps`)
    return count % STRETCH === 0 ? breathe() : undefined
  })
  assign(EXIT, (_node: unknown, _input: unknown, _environment: unknown, result: unknown) => {
    if (typeof result === 'string' && result.length > LIMITS.resultBytes) throw tooLong('text')
    if (Array.isArray(result) && result.length > LIMITS.sequence) throw tooLong('list')
  })
  expression.registerFunction('eval', refuseEval)
  expression.registerFunction('pad', pad, '<s-ns?:s>')
  expression.registerFunction('distinct', distinct, '<x:x>')
}

function refuseEval(): never {
  throw new ExpressionProblem('$eval is not available')
}

/** The library's own would build any width before a hook sees it. */
function pad(text: string | undefined, width: number, fill?: string): string | undefined {
  if (text === undefined) return undefined
  if (Math.abs(width) > LIMITS.resultBytes) throw tooLong('text')
  const filling = fill === undefined || fill === '' ? ' ' : fill
  return width < 0 ? text.padStart(-width, filling) : text.padEnd(width, filling)
}

/** The library's own compares each with each. */
function distinct(list: unknown): unknown {
  if (!Array.isArray(list) || list.length < 2) return list
  const kept = [...new Map(list.map((value) => [canonical(value), value] as const)).values()]
  return 'sequence' in list ? Object.defineProperty(kept, 'sequence', { value: true }) : kept
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))
  })
}

function tooLong(what: string): ExpressionProblem {
  return new ExpressionProblem(`it makes a ${what} that is too long`)
}
