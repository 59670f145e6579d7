import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { refusalOf } from '../../platform/api/refusal.ts'
import { Button } from '../controls/button.tsx'

const WIDTHS = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3', 'w-3/5', 'w-1/4']

/** Stands where rows will be; shows itself only if they take longer than a blink. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="animate-appear">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-8 items-center gap-4 border-b border-line/55 px-3">
          <span className="h-2 w-12 rounded-sm bg-raise" />
          <span className={`h-2 rounded-sm bg-raise ${WIDTHS[index % WIDTHS.length]}`} />
        </div>
      ))}
    </div>
  )
}

/** What failed, why, and a way to try again. */
export function ErrorState({ title, error, onRetry }: { title: string; error: unknown; onRetry: () => void }) {
  const { message, hint } = refusalOf(error)
  return (
    <div role="alert" className="m-4 flex flex-col items-start gap-2 border-l-2 border-fail bg-fail/9 px-3 py-2.5">
      <p className="flex items-center gap-2 font-semibold">
        <CircleAlert size={14} className="text-fail" />
        {title}
      </p>
      <p>
        {message} {hint}
      </p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  )
}

/** An empty place that says how to fill it. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex h-full flex-col items-center overflow-y-auto px-6 py-16">
      <div className="flex w-full max-w-140 flex-col gap-4">
        <h2 className="text-title font-semibold">{title}</h2>
        {children}
      </div>
    </div>
  )
}
