import type { ReactNode } from 'react'

/** One component under its name. */
export function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h3 className="mono text-faint">{name}</h3>
      <div className="flex min-w-0 flex-wrap items-start gap-2">{children}</div>
    </div>
  )
}

/** For what fills its place. */
export function Stage({ height = 'h-48', children }: { height?: 'h-24' | 'h-48' | 'h-72'; children: ReactNode }) {
  return <div className={`flex w-full min-w-0 flex-col border border-line ${height}`}>{children}</div>
}
