import { ShownOnce } from '../../../ui/secrets/shown-once.tsx'

/** A signing secret, and who reads it. */
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
    <ShownOnce
      title={`Signing secret of ${name}`}
      text={secret}
      copyLabel="Copy the secret"
      note="It is shown this once. Hookloop keeps it sealed and does not show it again."
      onStored={onStored}
    >
      What goes to this endpoint is signed the <b className="font-semibold">{signedBy}</b> way with this secret. Put it
      where your receiver reads it.
    </ShownOnce>
  )
}
