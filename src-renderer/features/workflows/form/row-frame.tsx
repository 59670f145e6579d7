import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../../ui/controls/button.tsx'

/** One of several things of a form, with what is wrong with it and a button that takes it out. */
export function RowFrame({
  name,
  error,
  canRemove,
  onRemove,
  children,
}: {
  name: string
  error: string | null
  canRemove: boolean
  onRemove: () => void
  children: ReactNode
}) {
  return (
    <div role="group" aria-label={name} className="flex flex-col gap-1 border-l border-line pl-2.5">
      <div className="flex items-start gap-1.5">
        <div className="flex min-w-0 grow flex-col gap-1.5">{children}</div>
        <IconButton label={`Remove ${name.toLowerCase()}`} disabled={!canRemove} onClick={onRemove}>
          <X size={13} />
        </IconButton>
      </div>
      {error !== null && (
        <p role="alert" className="text-small text-fail">
          {error}
        </p>
      )}
    </div>
  )
}

export const CELL = 'h-7 min-w-0 rounded border border-line bg-bg px-2 hover:border-faint'
