import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import type { EventDetail } from '#shared/contract/events.ts'
import { eventBodyOptions } from '../../../platform/api/event-body.ts'
import { useApi } from '../../../platform/api/session.ts'
import { download } from '../../../platform/browser/copy.ts'
import { recall, remember } from '../../../platform/browser/remembered.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { Choice } from '../../../ui/controls/choice.tsx'
import { CopyButton } from '../../../ui/controls/copy-button.tsx'
import { Toggle } from '../../../ui/controls/toggle.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { plural } from '../../../ui/format/size.ts'
import { cmdCommand } from './cmd-command.ts'
import { type Command, type CommandRequest, commandRequest, secretsOf } from './command-request.ts'
import { powershellCommand } from './powershell-command.ts'
import { shCommand } from './sh-command.ts'
import { useCaptureOrigin } from './use-capture-origin.ts'

const SHELLS = [
  { value: 'sh', label: 'sh, bash, zsh', write: shCommand },
  { value: 'powershell', label: 'PowerShell', write: powershellCommand },
  { value: 'cmd', label: 'cmd', write: cmdCommand },
] as const satisfies readonly { value: string; label: string; write: (request: CommandRequest) => Command }[]
type Shell = (typeof SHELLS)[number]['value']

/** A request as a command for one of several shells, seen before it is copied. */
export function CopyAsDialog({ event, onClose }: { event: EventDetail; onClose: () => void }) {
  const body = useQuery(eventBodyOptions(useApi(), event.id))
  return (
    <Dialog title="Copy as a command" onClose={onClose} wide>
      {body.error !== null ? (
        <ErrorState title="The body could not be read" error={body.error} onRetry={() => void body.refetch()} />
      ) : body.data === undefined ? (
        <SkeletonRows rows={4} />
      ) : (
        <Preview event={event} body={body.data} />
      )}
    </Dialog>
  )
}

function Preview({ event, body }: { event: EventDetail; body: Uint8Array<ArrayBuffer> }) {
  const captureOrigin = useCaptureOrigin()
  const [shell, setShell] = useState<Shell>(() => SHELLS.find(({ value }) => value === recall('shell'))?.value ?? 'sh')
  const [withSecrets, setWithSecrets] = useState(false)
  const { write } = SHELLS.find(({ value }) => value === shell)!
  const { text, readsFile } = write(commandRequest(event, body, { captureOrigin, withSecrets }))
  const secrets = secretsOf(event)
  return (
    <>
      <DialogBody>
        <Choice
          label="Shell"
          value={shell}
          options={SHELLS}
          onChange={(next) => {
            setShell(next)
            remember('shell', next)
          }}
        />
        <pre
          role="region"
          aria-label="Command"
          tabIndex={0}
          className="mono max-h-80 overflow-auto rounded border border-line bg-bg px-3 py-2 wrap-anywhere whitespace-pre-wrap"
        >
          {text}
        </pre>
        {readsFile && (
          <div className="flex items-center gap-3 text-muted">
            <span className="grow">
              This body is sent from the file <span className="mono text-text">{event.id}.bin</span>: save it where you
              run the command.
            </span>
            <Button onClick={() => download(`${event.id}.bin`, new Blob([body]))}>
              <Download aria-hidden="true" size={13} /> Download
            </Button>
          </div>
        )}
        {secrets > 0 && (
          <Toggle
            label={`With ${plural(secrets, 'secret')}`}
            help="Off, values that let somebody in are placeholders; then put in your own before you run it."
            checked={withSecrets}
            onChange={setWithSecrets}
          />
        )}
      </DialogBody>
      <DialogActions>
        <CopyButton text={text} label="Copy command">
          Copy command
        </CopyButton>
      </DialogActions>
    </>
  )
}
