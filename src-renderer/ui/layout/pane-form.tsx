import type { ReactNode } from 'react'

/** A form that fills a pane: its fields scroll, its actions stay in sight below, with what belongs to no field. */
export function PaneForm({
  general,
  actions,
  isTabbed = false,
  foot,
  onSubmit,
  children,
}: {
  general: string | null
  /** Nothing where there is nothing to save. */
  actions: ReactNode
  /** What stays in sight between the fields and the actions. */
  foot?: ReactNode
  /** Tabs draw a line above it already. */
  isTabbed?: boolean
  onSubmit: () => void
  children: ReactNode
}) {
  return (
    <form
      className={`flex min-h-0 grow flex-col ${isTabbed ? '' : 'border-t border-line'}`}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">{children}</div>
      {foot}
      {(Boolean(actions) || general !== null) && (
        <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-2.5">
          {general !== null && (
            <p role="alert" className="mr-auto text-fail">
              {general}
            </p>
          )}
          {actions}
        </footer>
      )}
    </form>
  )
}
