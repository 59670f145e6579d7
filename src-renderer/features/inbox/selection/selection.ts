/** Which events are chosen together: some by id, or all that the filter takes. */
export interface Selection {
  ids: ReadonlySet<string>
  isAll: boolean
  /** Where a range begins. */
  anchorId: string | null
}

export const NOTHING: Selection = { ids: new Set(), isAll: false, anchorId: null }

/** Takes one in, or out again; of all that match, the shown ones but this one stay. */
export function toggled({ ids, isAll }: Selection, id: string, shown: readonly string[]): Selection {
  const next = new Set(isAll ? shown : ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, isAll: false, anchorId: id }
}

/** Takes in every row from the last chosen one to this. */
export function extended({ ids, anchorId }: Selection, id: string, shown: readonly string[]): Selection {
  const to = shown.indexOf(id)
  const from = anchorId === null ? to : shown.indexOf(anchorId)
  if (to === -1) return { ids, isAll: false, anchorId }
  const [first, last] = from === -1 ? [to, to] : [Math.min(from, to), Math.max(from, to)]
  return { ids: new Set([...ids, ...shown.slice(first, last + 1)]), isAll: false, anchorId: anchorId ?? id }
}

/** Without those that are not there any more. */
export function within({ ids, isAll, anchorId }: Selection, shown: ReadonlySet<string>): Selection {
  return { ids: new Set([...ids].filter((id) => shown.has(id))), isAll, anchorId }
}
