/** Whether a filter entry takes a type: exactly, by prefix at any depth (`audit.*`), or all (`*`). */
export function takesType(filter: string, type: string): boolean {
  if (filter === '*' || filter === type) return true
  return filter.endsWith('.*') && type.startsWith(filter.slice(0, -1))
}

/** Whether any entry takes it; an empty list takes nothing. */
export function anyTakesType(filters: readonly string[], type: string): boolean {
  return filters.some((filter) => takesType(filter, type))
}
