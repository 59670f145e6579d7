import { TextField } from '../controls/field.tsx'

/** As the contract has it. */
const SHORTEST = 12

export interface NewPassphrase {
  passphrase: string
  again: string
}

export const NO_PASSPHRASE: NewPassphrase = { passphrase: '', again: '' }

export function isUsable({ passphrase, again }: NewPassphrase): boolean {
  return passphrase.length >= SHORTEST && passphrase === again
}

/** A new passphrase, entered twice. */
export function PassphraseFields({
  chosen,
  error,
  onChange,
}: {
  chosen: NewPassphrase
  error: string | null
  onChange: (chosen: NewPassphrase) => void
}) {
  const { passphrase, again } = chosen
  return (
    <>
      <TextField
        label="Passphrase"
        type="password"
        autoComplete="new-password"
        data-first
        required
        value={passphrase}
        error={error ?? (passphrase !== '' && passphrase.length < SHORTEST ? `${SHORTEST} characters or more` : null)}
        help="Four or five words that do not belong together. Nobody can recover it: without it, secrets must be entered again."
        onChange={(event) => onChange({ passphrase: event.target.value, again })}
      />
      <TextField
        label="Once more"
        type="password"
        autoComplete="new-password"
        required
        value={again}
        error={again !== '' && !passphrase.startsWith(again) ? 'This is another one' : null}
        onChange={(event) => onChange({ passphrase, again: event.target.value })}
      />
    </>
  )
}
