import type { ReactNode } from 'react'

/** The 40 px line above a list: filters on the left, deeds on the right. */
export function Bar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="toolbar" aria-label={label} className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
      {children}
    </div>
  )
}
