import type { LucideIcon } from 'lucide-react'

/** A line of the palette. */
export interface PaletteEntry {
  /** Unlike any other. */
  id: string
  name: string
  /** By what else it is found. */
  words: readonly string[]
  icon: LucideIcon
  hint: string | null
  /** As they stand on a keyboard. */
  keys: string | null
  /** Why it cannot be done now; null where it can. */
  blocked: string | null
  run: () => void
}

export interface PaletteGroup {
  title: string
  entries: readonly PaletteEntry[]
}
