/** Whether two JSON values are the same; the order of keys does not matter. Goes no deeper than `expected` does. */
export function jsonEqual(actual: unknown, expected: unknown): boolean {
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) {
    return actual === expected
  }
  if (Array.isArray(actual) !== Array.isArray(expected)) return false
  const keys = Object.keys(expected)
  if (Object.keys(actual).length !== keys.length) return false
  return keys.every((key) => Object.hasOwn(actual, key) && jsonEqual((actual as never)[key], (expected as never)[key]))
}
