/** What an expression made is too large, too deep or no JSON. */
export class UnfitResultError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnfitResultError'
  }
}

const MAX_DEPTH = 200

/**
 * `JSON.stringify` that refuses before it builds more than `limitBytes` (counted from below); undefined where the value is
 * none. Throws `UnfitResultError`.
 */
export function boundedJson(value: unknown, limitBytes: number): string | undefined {
  let left = limitBytes
  const spend = (size: number) => {
    left -= size
    if (left < 0) throw new UnfitResultError(`the result is over ${limitBytes} bytes`)
  }
  const weigh = (part: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) throw new UnfitResultError(`the result is nested deeper than ${MAX_DEPTH} levels`)
    if (typeof part === 'string') return spend(part.length + 2)
    if (typeof part === 'function') throw new UnfitResultError('the result holds a function')
    if (typeof part !== 'object' || part === null) return spend(1)
    if ('_jsonata_lambda' in part || '_jsonata_function' in part)
      throw new UnfitResultError('the result holds a function')
    spend(2)
    // The library's lists carry methods of their own beside their elements.
    if (Array.isArray(part)) return part.forEach((inner) => weigh(inner, depth + 1))
    for (const [key, inner] of Object.entries(part)) {
      spend(key.length + 3)
      weigh(inner, depth + 1)
    }
  }
  weigh(value, 0)
  return JSON.stringify(value)
}
