/** Whether a filter of the form `audit.completed`, `audit.*` or `*` takes a type. */
export function takesType(filters: readonly string[], type: string): boolean {
  return filters.some((filter) => (filter.endsWith('*') ? type.startsWith(filter.slice(0, -1)) : filter === type))
}
