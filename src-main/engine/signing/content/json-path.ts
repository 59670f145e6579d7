/** What stands at a path such as `data.items.0.id`; undefined where nothing does. Only own properties count. */
export function valueAt(root: unknown, path: string): unknown {
  let value = root
  for (const key of path === '' ? [] : path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** A scalar at a path, as text; null for anything else. */
export function textAt(root: unknown, path: string): string | null {
  const value = valueAt(root, path)
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** Sets a value at a path, making objects on the way; false where something else stands in the way. */
export function setAt(root: unknown, path: string, value: unknown): boolean {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let place = root
  for (const key of keys) {
    if (!isObject(place)) return false
    if (!Object.hasOwn(place, key)) place[key] = {}
    place = place[key]
  }
  if (!isObject(place)) return false
  place[last] = value
  return true
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
