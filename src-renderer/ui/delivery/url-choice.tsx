import { TextField } from '../controls/field.tsx'
import { RadioRow } from '../controls/radio-row.tsx'

/** One of several places where something may be sent: any URL, written here once it is chosen. */
export function UrlChoice({
  name,
  label,
  help,
  url,
  autoFocus = false,
  error,
  onChange,
}: {
  /** Of the group of choices. */
  name: string
  label: string
  help: string
  /** Null while another place is chosen. */
  url: string | null
  autoFocus?: boolean
  error: string | null
  onChange: (url: string) => void
}) {
  return (
    <>
      <RadioRow name={name} label={label} help={help} checked={url !== null} onChoose={() => onChange('')} />
      {url !== null && (
        <div className="pl-6">
          <TextField
            label="URL"
            mono
            autoFocus={autoFocus}
            required
            type="url"
            placeholder="http://localhost:3000/webhooks"
            value={url}
            error={error}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </>
  )
}
