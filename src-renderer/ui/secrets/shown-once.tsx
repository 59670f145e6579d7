import type { ReactNode } from 'react'
import { Button } from '../controls/button.tsx'
import { CodeLine } from '../feedback/code-line.tsx'
import { Dialog, DialogActions, DialogBody } from '../feedback/dialog.tsx'

/** The one time that a secret text is shown; only the person's word closes it. */
export function ShownOnce({
  title,
  text,
  copyLabel,
  note,
  onStored,
  children,
}: {
  title: string
  text: string
  copyLabel: string
  /** What becomes of it. */
  note: ReactNode
  onStored: () => void
  /** What it is for. */
  children: ReactNode
}) {
  return (
    <Dialog title={title} isHeld onClose={onStored}>
      <DialogBody>
        <p>{children}</p>
        <CodeLine text={text} label={copyLabel} />
        <p className="text-muted">{note}</p>
      </DialogBody>
      <DialogActions>
        <Button data-first look="primary" onClick={onStored}>
          I have stored it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
