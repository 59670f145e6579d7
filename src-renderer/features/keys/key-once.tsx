import { fullTime } from '../../ui/format/time.ts'
import { ShownOnce } from '../../ui/secrets/shown-once.tsx'

/** The text of a key, and where it goes. */
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
  const until = previousUntil === null ? '' : ` The one before it counts until ${fullTime(previousUntil)}.`
  return (
    <ShownOnce
      title={`Key ${name}`}
      text={secret}
      copyLabel="Copy the key"
      note={`It is shown this once: Hookloop keeps a hash of it and cannot show it again.${until}`}
      onStored={onStored}
    >
      Whoever has this text can do what the key may do. It goes into the header{' '}
      <span className="mono">Authorization: Bearer …</span> of each request.
    </ShownOnce>
  )
}
