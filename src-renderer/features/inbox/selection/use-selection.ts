import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { EventSummary } from '#shared/contract/events.ts'
import { useActions } from '../../../platform/actions/bound-actions.ts'
import { createObservable } from '../../../platform/browser/observable.ts'
import { extended, NOTHING, type Selection, toggled, within } from './selection.ts'

/** While several are chosen, keys that could mean one or all of them mean all. */
export const isSelecting = createObservable(false)

/** What is chosen of the rows shown; another filter begins anew. */
export function useSelection(shown: readonly EventSummary[], filter: string, cursorId: string | null) {
  const [state, setState] = useState<{ filter: string; selection: Selection }>({ filter, selection: NOTHING })
  if (state.filter !== filter) setState({ filter, selection: NOTHING })
  const order = shown.map(({ id }) => id)
  const selection = state.selection.ids.size === 0 ? state.selection : within(state.selection, new Set(order))
  const set = (next: Selection): void => setState({ filter, selection: next })
  const toggle = (id: string): void => set(toggled(selection, id, order))
  const extend = (id: string): void => set(extended(selection, id, order))
  const all = (): void => set({ ...NOTHING, isAll: true })
  const clear = (): void => set(NOTHING)
  const marking = useRef({ toggle, extend })
  useLayoutEffect(() => {
    marking.current = { toggle, extend }
  })
  const mark = useCallback((id: string, isRange: boolean): void => {
    if (isRange) marking.current.extend(id)
    else marking.current.toggle(id)
  }, [])
  const isActive = selection.isAll || selection.ids.size > 0
  useEffect(() => {
    isSelecting.set(isActive)
    return () => isSelecting.set(false)
  }, [isActive])
  const blocked = cursorId === null ? 'Choose a row first' : null
  useActions({
    'selection.toggle': { run: () => cursorId !== null && toggle(cursorId), blocked },
    'selection.range': { run: () => cursorId !== null && extend(cursorId), blocked },
    'selection.all': { run: all, blocked: shown.length === 0 ? 'There is nothing to select' : null },
  })
  return {
    selection,
    isActive,
    has: (id: string) => selection.isAll || selection.ids.has(id),
    toggle,
    extend,
    /** Either of them, and always the same function. */
    mark,
    all,
    clear,
  }
}
