import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SecretView } from '#shared/contract/vault/secrets.ts'
import { describeError } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { CodeLine } from '../../../ui/feedback/code-line.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { useHidesItself } from '../../../ui/feedback/use-hides-itself.ts'
import { nameOf } from '../secret-words.ts'

/** How long a value stands on the screen. */
const SHOWN_S = 60

/** Says that it is the one time, shows the value, and hides it by itself. */
export function RevealSecret({
  secret,
  version,
  onClose,
}: {
  secret: SecretView
  version: SecretView['versions'][number]
  onClose: () => void
}) {
  const { client, api, queries } = useSession()
  const [value, setValue] = useState<string | null>(null)
  // Not by the cache of answers: the value is held by this dialog alone.
  const reveal = useMutation({
    gcTime: 0,
    mutationFn: async () => setValue((await client.vault.secrets.reveal({ id: version.id })).value),
    onSettled: () => queries.invalidateQueries({ queryKey: api.vault.key() }),
  })
  const what = `${nameOf(secret)} of ${secret.place.name}, version ${version.version}`
  if (value !== null) return <Shown what={what} value={value} onClose={onClose} />
  return (
    <Dialog title="Reveal this secret?" onClose={onClose}>
      <DialogBody>
        <p>
          <b className="font-semibold">{what}</b> can be revealed <b className="font-semibold">one time only</b>. This
          is the one time: have a place ready where you keep it.
        </p>
        <p className="text-muted">
          It is put on record that you looked, when and from where, before the value is shown. Of one endpoint, 10
          values can be revealed within an hour.
        </p>
        {reveal.error !== null && (
          <p role="alert" className="text-fail">
            {describeError(reveal.error)}
          </p>
        )}
      </DialogBody>
      <DialogActions>
        <Button data-first onClick={onClose}>
          Cancel
        </Button>
        <Button look="danger" disabled={reveal.isPending || reveal.isError} onClick={() => reveal.mutate()}>
          Reveal once
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Shown({ what, value, onClose }: { what: string; value: string; onClose: () => void }) {
  const left = useHidesItself(SHOWN_S, onClose)
  return (
    <Dialog title="Shown this one time" isHeld onClose={onClose}>
      <DialogBody>
        <p>{what}</p>
        <CodeLine text={value} label="Copy the value" />
        <p className="text-muted">
          It hides itself in {left} s and is not shown again. If you lose it, rotate the secret.
        </p>
      </DialogBody>
      <DialogActions>
        <Button data-first look="primary" onClick={onClose}>
          Hide it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
