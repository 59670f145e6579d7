import type { ReactNode } from 'react'

/** The line of column names above a list. */
export function ListHeader({ columns, children }: { columns: string; children: ReactNode }) {
  return (
    <div
      aria-hidden="true"
      className={`grid h-6.5 shrink-0 items-center gap-2.5 border-b border-line bg-panel px-3 text-mini text-faint ${columns}`}
    >
      {children}
    </div>
  )
}
