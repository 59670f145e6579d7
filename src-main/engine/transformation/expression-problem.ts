/** Why an expression cannot be read or run, in words, with the place where that is known. */
export class ExpressionProblem extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ExpressionProblem'
  }
}

const SHOWN = 300

/** What the library threw, which is no `Error`; anything else is told without its text. */
export function problemOf(error: unknown, source: string): ExpressionProblem {
  if (error instanceof ExpressionProblem) return error
  if (error instanceof RangeError) return new ExpressionProblem('it needs more memory or nesting than it may have')
  const { message, position } = typeof error === 'object' && error !== null ? (error as Fields) : {}
  const text = typeof message === 'string' ? message.slice(0, SHOWN) : 'it cannot be evaluated'
  return new ExpressionProblem(typeof position === 'number' ? `${placeOf(source, position)}: ${text}` : text)
}

interface Fields {
  message?: unknown
  position?: unknown
}

/** `position` counts the characters up to the end of the token that is at fault. */
function placeOf(source: string, position: number): string {
  const lines = source.slice(0, Math.max(0, position)).split('\n')
  return `line ${lines.length}, column ${Math.max(1, lines.at(-1)?.length ?? 1)}`
}
