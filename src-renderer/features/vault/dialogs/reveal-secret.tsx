import type { SecretView } from '#shared/contract/vault/secrets.ts'
import { useSession } from '../../../platform/api/session.ts'
import { CodeLine } from '../../../ui/feedback/code-line.tsx'
import { DialogBody } from '../../../ui/feedback/dialog.tsx'
import { OneTimeReveal } from '../../../ui/feedback/one-time-reveal.tsx'
import { nameOf } from '../secret-words.ts'

/** The value of a secret's version. */
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
  const what = `${nameOf(secret)} of ${secret.place.name}, version ${version.version}`
  return (
    <OneTimeReveal
      title="Reveal this secret?"
      confirm="Reveal once"
      question={
        <>
          <p>
            <b className="font-semibold">{what}</b> can be revealed <b className="font-semibold">one time only</b>. This
            is the one time: have a place ready where you keep it.
          </p>
          <p className="text-muted">
            It is put on record that you looked, when and from where, before the value is shown. Of one endpoint, 10
            values can be revealed within an hour.
          </p>
        </>
      }
      reveal={async () => (await client.vault.secrets.reveal({ id: version.id })).value}
      onEnd={() => void queries.invalidateQueries({ queryKey: api.vault.key() })}
      onClose={onClose}
    >
      {(value, hides) => (
        <DialogBody>
          <p>{what}</p>
          <CodeLine text={value} label="Copy the value" />
          <p className="text-muted">{hides} If you lose it, rotate the secret.</p>
        </DialogBody>
      )}
    </OneTimeReveal>
  )
}
