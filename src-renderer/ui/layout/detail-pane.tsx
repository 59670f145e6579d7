import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../controls/button.tsx'

/** The opened thing: its name, what can be done with it, and its content. */
export function DetailPane({
  title,
  id,
  actions,
  chips,
  onClose,
  children,
}: {
  title: ReactNode
  id?: string | undefined
  actions?: ReactNode
  chips?: ReactNode
  onClose: () => void
  children: ReactNode
}) {
  return (
    <section aria-label="Details" className="flex min-h-0 grow flex-col">
      <header className="shrink-0 px-4 pt-3 pb-2">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
          <h1 className="min-w-0 truncate text-title font-semibold tracking-tight">{title}</h1>
          {id !== undefined && (
            <span className="mono text-faint" title={id}>
              {shortId(id)}
            </span>
          )}
          <div className="ml-auto flex items-center gap-1.5">
            {actions}
            <IconButton label="Close details (Escape)" onClick={onClose}>
              <X size={14} />
            </IconButton>
          </div>
        </div>
        {chips !== undefined && (
          <div className="mt-1.5 flex flex-wrap items-center gap-1.5 text-small text-muted">{chips}</div>
        )}
      </header>
      {children}
    </section>
  )
}

/** `evt_01JD…7QK`: the middle of an id tells nobody anything. */
export function shortId(id: string): string {
  return id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-3)}` : id
}

export function Chip({ children, tone = 'border-line' }: { children: ReactNode; tone?: string }) {
  return (
    <span className={`inline-flex items-center gap-1 rounded border px-1.5 leading-[18px] ${tone}`}>{children}</span>
  )
}
