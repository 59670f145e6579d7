import type { ReactNode } from 'react'

/** A line above a body that says how it is shown. */
export function Note({ children }: { children: ReactNode }) {
  return (
    <p className="flex shrink-0 items-center gap-3 border-b border-line bg-panel px-4 py-1.5 text-small text-muted">
      {children}
    </p>
  )
}
