import { ShownOnce } from '../../../ui/secrets/shown-once.tsx'

/** A value that was made. */
export function ValueOnce({ what, value, onStored }: { what: string; value: string; onStored: () => void }) {
  return (
    <ShownOnce
      title="A value was made"
      text={value}
      copyLabel="Copy the value"
      note="It is shown now, and can be revealed one time more."
      onStored={onStored}
    >
      {what}: put it where the other side reads it.
    </ShownOnce>
  )
}
