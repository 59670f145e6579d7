import jsonata from 'jsonata'
import { boundedJson, UnfitResultError } from './bounded-json.ts'
import { boundExpression, LIMITS } from './bounds.ts'
import { sha256Hex } from '../signing/digest.ts'
import { LinearRegexEngine } from './linear-regex-engine.ts'
import { problemOf } from './expression-problem.ts'

/** What an expression sees of an event. */
export interface TransformationInput {
  id: string
  type: string
  method: string
  path: string
  query: Readonly<Record<string, string | string[]>>
  headers: Readonly<Record<string, string | string[]>>
  /** The body's JSON, or its text where it is none. */
  body: unknown
  /** Of an integration alone: when the event came, unix ms, and its settings by name. */
  receivedAtMs?: number
  settings?: Readonly<Record<string, string>>
}

export interface Transformation {
  /** The new body as JSON, or why there is none; never rejects. */
  run(input: TransformationInput): Promise<{ json: string } | { problem: string }>
}

/**
 * A JSONata expression that yields a body. It reaches nothing but the event, and its time, depth and size are bounded.
 * `breathe` lets other work go on during a long one. Throws `ExpressionProblem` where it cannot be read.
 */
export function compileTransformation(source: string, breathe: () => Promise<void>): Transformation {
  const expression = read(source)
  boundExpression(expression, breathe)
  expression.registerFunction('sha256', sha256, '<s-:s>')
  return {
    async run(input) {
      try {
        const json = boundedJson(await expression.evaluate(input), LIMITS.resultBytes)
        return json === undefined ? { problem: 'it yields nothing for this event' } : { json }
      } catch (error) {
        return { problem: error instanceof UnfitResultError ? error.message : problemOf(error, source).message }
      }
    },
  }
}

/** Of a text, as lower-case hex. */
function sha256(text: string | undefined): string | undefined {
  return text === undefined ? undefined : sha256Hex(new TextEncoder().encode(text))
}

function read(source: string): jsonata.Expression {
  try {
    const expression = jsonata(source, {
      timeout: LIMITS.timeMs,
      stack: LIMITS.depth,
      sequence: LIMITS.sequence,
      // Only `lastIndex` and `exec` of it are used.
      RegexEngine: LinearRegexEngine as unknown as RegExpConstructor,
    })
    checkPatterns(expression.ast())
    return expression
  } catch (error) {
    throw problemOf(error, source)
  }
}

/** Finds the regular expressions that do not match in linear time before they are met in a delivery. */
function checkPatterns(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  if (node instanceof RegExp) return void new LinearRegexEngine(node)
  for (const inner of Object.values(node)) checkPatterns(inner)
}
