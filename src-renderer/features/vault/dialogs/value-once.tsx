import { Button } from '../../../ui/controls/button.tsx'
import { CodeLine } from '../../../ui/feedback/code-line.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'

/** The one time that a value which was made is shown; only the person's word closes it. */
export function ValueOnce({ what, value, onStored }: { what: string; value: string; onStored: () => void }) {
  return (
    <Dialog title="A value was made" isHeld onClose={onStored}>
      <DialogBody>
        <p>{what}: put it where the other side reads it.</p>
        <CodeLine text={value} label="Copy the value" />
        <p className="text-muted">It is shown now, and can be revealed one time more.</p>
      </DialogBody>
      <DialogActions>
        <Button data-first look="primary" onClick={onStored}>
          I have stored it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
