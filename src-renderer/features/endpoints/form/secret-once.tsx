import { Button } from '../../../ui/controls/button.tsx'
import { CodeLine } from '../../../ui/feedback/code-line.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'

/** The one time that a signing secret is shown; only the person's word closes it. */
export function SecretOnce({
  name,
  signedBy,
  secret,
  onStored,
}: {
  name: string
  signedBy: string
  secret: string
  onStored: () => void
}) {
  return (
    <Dialog title={`Signing secret of ${name}`} isHeld onClose={onStored}>
      <DialogBody>
        <p>
          What goes to this endpoint is signed the <b className="font-semibold">{signedBy}</b> way with this secret. Put
          it where your receiver reads it.
        </p>
        <CodeLine text={secret} label="Copy the secret" />
        <p className="text-muted">It is shown this once. Hookloop keeps it sealed and does not show it again.</p>
      </DialogBody>
      <DialogActions>
        <Button data-first look="primary" onClick={onStored}>
          I have stored it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
