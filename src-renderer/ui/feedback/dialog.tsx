import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button, IconButton } from '../controls/button.tsx'

/** A modal over the page: the browser's own, so focus stays inside, Escape closes, and the rest is inert. */
export function Dialog({
  title,
  onClose,
  children,
  isHeld = false,
  wide = false,
  isBare = false,
}: {
  title: string
  onClose: () => void
  children: ReactNode
  /** Nothing but its own buttons closes it. */
  isHeld?: boolean
  wide?: boolean
  /** Without a heading: its title is only read out. */
  isBare?: boolean
}) {
  const titleId = useId()
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    const before = document.activeElement
    dialog?.showModal()
    const first = dialog?.querySelector<HTMLElement>('[data-first]') ?? dialog
    first?.focus()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  // Where one step gives way to the next, that is read from its beginning.
  useEffect(() => {
    element.current?.scrollTo({ top: 0 })
  }, [title])
  return (
    <dialog
      ref={element}
      tabIndex={-1}
      aria-labelledby={isBare ? undefined : titleId}
      aria-label={isBare ? title : undefined}
      onCancel={(event) => {
        event.preventDefault()
        if (!isHeld) onClose()
      }}
      className={`m-auto ${isBare ? 'mt-[12vh]' : ''} max-h-[85vh] w-[calc(100vw-32px)] scroll-py-14 overflow-y-auto rounded-md border border-line bg-panel p-0 text-text shadow-float outline-none ${wide ? 'max-w-160' : 'max-w-120'}`}
    >
      {!isBare && (
        <header className="sticky top-0 z-10 flex items-center justify-between gap-3 border-b border-line bg-panel py-2.5 pr-2.5 pl-4">
          <h2 id={titleId} className="text-title font-semibold">
            {title}
          </h2>
          {!isHeld && (
            <IconButton label="Close" onClick={onClose}>
              <X size={14} />
            </IconButton>
          )}
        </header>
      )}
      {children}
    </dialog>
  )
}

export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-4 p-4">{children}</div>
}

/** What can be done, always in sight, however much stands above. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <footer className="sticky bottom-0 flex justify-end gap-2 border-t border-line bg-panel px-4 py-2.5">
      {children}
    </footer>
  )
}

/** Asks once before something that cannot be undone. */
export function Confirm({
  title,
  children,
  action,
  isBusy,
  onConfirm,
  onClose,
}: {
  title: string
  children: ReactNode
  action: string
  isBusy: boolean
  onConfirm: () => void
  onClose: () => void
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogBody>{children}</DialogBody>
      <DialogActions>
        <Button data-first onClick={onClose}>
          Cancel
        </Button>
        <Button look="danger" disabled={isBusy} onClick={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
