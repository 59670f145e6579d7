import { useLayoutEffect, useRef } from 'react'
import { ACTION_IDS, type ActionId } from './action-table.ts'

/** What an action does, and why it cannot be done now; null where it can. */
export interface Deed {
  run: () => void
  blocked: string | null
}

/** A bare function is a deed that can always be done. */
export type Deeds = Readonly<Partial<Record<ActionId, Deed | (() => void) | undefined>>>

const layers: { readonly current: Deeds }[] = []

/** What an action does as things stand; undefined where nothing that is open offers it. The latest opened wins. */
export function deedOf(id: ActionId): Deed | undefined {
  const bound = layers.findLast((layer) => layer.current[id] !== undefined)?.current[id]
  return typeof bound === 'function' ? { run: bound, blocked: null } : bound
}

/** How late an action was offered: what the opened thing offers comes after what the frame does. -1 for not at all. */
export function layerOf(id: ActionId): number {
  return layers.findLastIndex((layer) => layer.current[id] !== undefined)
}

/** The actions that something open offers, in the table's order. */
export function boundActions(): readonly ActionId[] {
  return ACTION_IDS.filter((id) => layerOf(id) !== -1)
}

/** Offers actions while mounted, by their keys and in the palette: from the moment at which what offers them can be seen. */
export function useActions(deeds: Deeds): void {
  const current = useRef(deeds)
  useLayoutEffect(() => {
    current.current = deeds
  })
  useLayoutEffect(() => {
    layers.push(current)
    return () => void layers.splice(layers.indexOf(current), 1)
  }, [])
}
