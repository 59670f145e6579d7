import { Button } from '../../ui/controls/button.tsx'
import { CodeLine } from '../../ui/feedback/code-line.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { fullTime } from '../../ui/format/time.ts'

/** The one time that a key’s text is shown; only the person’s word closes it. */
export function KeyOnce({
  name,
  secret,
  previousUntil,
  onStored,
}: {
  name: string
  secret: string
  /** Until when the text before it still counts; null where none does. */
  previousUntil: string | null
  onStored: () => void
}) {
  return (
    <Dialog title={`Key ${name}`} isHeld onClose={onStored}>
      <DialogBody>
        <p>
          Whoever has this text can do what the key may do. It goes into the header{' '}
          <span className="mono">Authorization: Bearer …</span> of each request.
        </p>
        <CodeLine text={secret} label="Copy the key" />
        <p className="text-muted">
          It is shown this once: Hookloop keeps a hash of it and cannot show it again.
          {previousUntil !== null && ` The one before it counts until ${fullTime(previousUntil)}.`}
        </p>
      </DialogBody>
      <DialogActions>
        <Button data-first look="primary" onClick={onStored}>
          I have stored it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
