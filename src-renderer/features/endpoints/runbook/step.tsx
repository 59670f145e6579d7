import type { ReactNode } from 'react'

/** One numbered step of the runbook, with a word on how it stands. */
export function Step({
  number,
  title,
  state,
  tone = 'text-muted',
  actions,
  children,
}: {
  number: number
  title: string
  state?: string | undefined
  tone?: string
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-label={title} className="flex gap-3 border-b border-line px-4 py-3.5 last:border-b-0">
      <span
        aria-hidden="true"
        className="mt-px flex size-5 shrink-0 items-center justify-center rounded-full border border-line text-mini text-muted"
      >
        {number}
      </span>
      <div className="@container flex min-w-0 grow flex-col gap-2.5">
        <div className="flex min-h-6 flex-wrap items-center gap-2">
          <h2 className="font-semibold">{title}</h2>
          {state !== undefined && <span className={`text-small ${tone}`}>{state}</span>}
          <div className="ml-auto flex items-center gap-1.5">{actions}</div>
        </div>
        {children}
      </div>
    </section>
  )
}
