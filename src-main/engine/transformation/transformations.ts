import { AppError } from '#shared/model/app-error.ts'
import type { Clock } from '../ports.ts'
import { compileTransformation, type Transformation } from './compile-transformation.ts'
import { ExpressionProblem } from './expression-problem.ts'

export interface Transformations {
  /** Throws `AppError` `invalid_request` with the place where an expression cannot be read. */
  check(source: string): void
  /** Compiled at its first use. */
  of(source: string): Transformation
}

const KEPT = 500

export function createTransformations(clock: Pick<Clock, 'after'>): Transformations {
  const compiled = new Map<string, Transformation>()
  const breathe = () => new Promise<void>((resolve) => void clock.after(0, resolve))

  return {
    check(source) {
      try {
        compileTransformation(source, breathe)
      } catch (error) {
        if (!(error instanceof ExpressionProblem)) throw error
        throw new AppError('invalid_request', `The transformation cannot be read: ${error.message}.`, {
          field: 'transformation',
          hint: 'Write a JSONata expression over body, headers, query, path, method, type and id, such as {"id": body.id}.',
        })
      }
    },

    of(source) {
      const known = compiled.get(source)
      if (known) return known
      const transformation = compiledOrFailing(source, breathe)
      if (compiled.size >= KEPT) compiled.clear()
      compiled.set(source, transformation)
      return transformation
    },
  }
}

/** It was checked when it was saved; one that another release wrote fails its deliveries and nothing else. */
function compiledOrFailing(source: string, breathe: () => Promise<void>): Transformation {
  try {
    return compileTransformation(source, breathe)
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error
    return { run: async () => ({ problem: error.message }) }
  }
}
