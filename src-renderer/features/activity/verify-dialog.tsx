import { useMutation } from '@tanstack/react-query'
import { CircleCheck, CircleX } from 'lucide-react'
import { useState } from 'react'
import type { AuditVerification } from '#shared/contract/audit/audit.ts'
import { describeError } from '../../platform/api/refusal.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { CopyButton } from '../../ui/controls/copy-button.tsx'
import { TextField } from '../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { plural } from '../../ui/format/size.ts'

export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const { client } = useSession()
  const [head, setHead] = useState('')
  const check = useMutation({
    mutationFn: () => client.audit.verify(head.trim() === '' ? {} : { expectHead: head.trim() }),
  })
  return (
    <Dialog title="Check the audit log" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          check.mutate()
        }}
      >
        <DialogBody>
          <p>
            Each entry holds the hash of the one before it. The check reads all of them and names the first that was
            edited, taken out or moved.
          </p>
          <TextField
            data-first
            mono
            label="A head that you noted before (optional)"
            help="Only it proves that nothing was cut off the end or written anew."
            placeholder="1204:9f86d081…"
            value={head}
            onChange={(event) => setHead(event.target.value)}
            error={check.isError ? describeError(check.error) : null}
          />
          {check.data !== undefined && <Found found={check.data} />}
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" type="submit" disabled={check.isPending}>
            {check.isPending ? 'Checking…' : 'Check'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function Found({ found: { intact, checked, broken, head, clockSetBack } }: { found: AuditVerification }) {
  const Icon = intact ? CircleCheck : CircleX
  return (
    <div
      role="status"
      className={`flex flex-col gap-1.5 border-l-2 px-3 py-2 ${intact ? 'border-ok bg-ok/9' : 'border-fail bg-fail/9'}`}
    >
      <p className="flex items-center gap-2 font-semibold">
        <Icon aria-hidden="true" size={14} className={intact ? 'text-ok' : 'text-fail'} />
        {broken ? `Audit broken at row ${broken.number}` : 'The log is whole'}
      </p>
      <p>
        {broken ? `${broken.problem} ` : ''}
        {plural(checked, 'entry', 'entries')} {broken ? 'before it ' : ''}
        {checked === 1 ? 'is as it was' : 'are as they were'} written.
      </p>
      {clockSetBack.count > 0 && (
        <p>
          The clock was set back {plural(clockSetBack.count, 'time')}, first before entry {clockSetBack.first}; that
          breaks nothing.
        </p>
      )}
      {intact && head !== null && (
        <p className="flex min-w-0 items-center gap-1.5">
          <span className="shrink-0 text-muted">Head to note elsewhere</span>
          <span className="mono truncate">{head}</span>
          <CopyButton iconOnly text={head} label="Copy the head" />
        </p>
      )}
    </div>
  )
}
