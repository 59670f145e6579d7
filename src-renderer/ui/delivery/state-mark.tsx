import type { Look } from './delivery-words.ts'

/** Picture and word in the state's colour. */
export function StateMark({ look, className = '' }: { look: Look; className?: string }) {
  const Icon = look.icon
  return (
    <span className={`inline-flex min-w-0 items-center gap-1.5 ${look.tone} ${className}`}>
      <Icon aria-hidden="true" size={13} strokeWidth={2.25} className="shrink-0" />
      <span className="truncate">{look.word}</span>
    </span>
  )
}
