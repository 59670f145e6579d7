import { SelectField, TextField } from '../../../ui/controls/field.tsx'
import type { ProviderDraft } from './provider-draft.ts'
import type { ProviderFieldsProps } from './provider-fields.tsx'

const ALGORITHMS = [
  ['hmac-sha256', 'HMAC-SHA256'],
  ['hmac-sha1', 'HMAC-SHA1'],
  ['hmac-sha512', 'HMAC-SHA512'],
] as const
const KEYS = [
  ['utf8', 'its text as it is'],
  ['hex', 'hexadecimal'],
  ['base64', 'base64 after the prefix'],
] as const
const ENCODINGS = [
  ['hex', 'hexadecimal'],
  ['base64', 'base64'],
  ['base64url', 'base64url'],
] as const
const SEPARATORS = [
  ['', 'nothing: it has one part'],
  [',', 'a comma'],
  [';', 'a semicolon'],
  [' ', 'a space'],
] as const
const TIMES = [
  ['header', 'a header of its own'],
  ['signature', 'the header of the signature'],
  ['nowhere', 'nowhere'],
] as const
const UNITS = [
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['rfc3339', 'ISO 8601'],
] as const

/** How an own provider signs. */
export function SigningFields({ draft, errorOf, onChange }: ProviderFieldsProps) {
  return (
    <section aria-label="Signature" className="flex flex-col gap-3 rounded-md border border-line p-3">
      <div className="grid grid-cols-2 items-start gap-3">
        <Choice label="Algorithm" name="algorithm" options={ALGORITHMS} draft={draft} onChange={onChange} />
        <Choice label="Written as" name="encoding" options={ENCODINGS} draft={draft} onChange={onChange} />
        <Choice label="The secret is" name="key" options={KEYS} draft={draft} onChange={onChange} />
        <TextField
          label="Prefix of secrets"
          mono
          placeholder="None, or such as whsec_"
          value={draft.secretPrefix}
          error={errorOf('signing.secretPrefix')}
          onChange={(event) => onChange({ secretPrefix: event.target.value })}
        />
      </div>
      <TextField
        label="What is signed"
        mono
        required
        help="Text with tokens: {body}, {timestamp}, {id}, {type}, {method}, {url}, {form}, {body.path.to.field}, {header.name}."
        value={draft.signedContent}
        error={errorOf('signing.signedContent')}
        onChange={(event) => onChange({ signedContent: event.target.value })}
      />
      <div className="grid grid-cols-2 items-start gap-3">
        <TextField
          label="Header of the signature"
          mono
          required
          value={draft.header}
          error={errorOf('signing.header')}
          onChange={(event) => onChange({ header: event.target.value })}
        />
        <TextField
          label="Its value"
          mono
          required
          placeholder="t={timestamp},v1={signature}"
          value={draft.format}
          error={errorOf('signing.format')}
          onChange={(event) => onChange({ format: event.target.value })}
        />
        <Choice
          label="Between its parts stands"
          name="separator"
          options={SEPARATORS}
          draft={draft}
          error={errorOf('signing.separator')}
          onChange={onChange}
        />
        <Choice label="The time stands in" name="time" options={TIMES} draft={draft} onChange={onChange} />
      </div>
      {draft.time !== 'nowhere' && <TimeFields draft={draft} errorOf={errorOf} onChange={onChange} />}
    </section>
  )
}

function TimeFields({ draft, errorOf, onChange }: ProviderFieldsProps) {
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      {draft.time === 'header' && (
        <TextField
          label="Header of the time"
          mono
          required
          value={draft.timeHeader}
          error={errorOf('signing.timestamp.header')}
          onChange={(event) => onChange({ timeHeader: event.target.value })}
        />
      )}
      <Choice label="The time is in" name="timeUnit" options={UNITS} draft={draft} onChange={onChange} />
      <TextField
        label="Refused after, in seconds"
        type="number"
        min="1"
        placeholder="Never"
        help={
          draft.signedContent.includes('{timestamp}')
            ? 'How old a message may be, and how far ahead.'
            : 'The time is not signed, so whoever repeats a message can change it.'
        }
        value={draft.toleranceSeconds}
        error={errorOf('signing.timestamp.toleranceSeconds')}
        onChange={(event) => onChange({ toleranceSeconds: event.target.value })}
      />
    </div>
  )
}

/** One of few values of a field of the draft. */
function Choice<K extends 'algorithm' | 'encoding' | 'key' | 'separator' | 'time' | 'timeUnit'>({
  label,
  name,
  options,
  draft,
  error,
  onChange,
}: {
  label: string
  name: K
  options: readonly (readonly [ProviderDraft[K], string])[]
  draft: ProviderDraft
  error?: string | null
  onChange: (change: Partial<ProviderDraft>) => void
}) {
  return (
    <SelectField
      label={label}
      value={draft[name]}
      error={error ?? null}
      onChange={(event) => {
        const chosen = options.find(([value]) => value === event.target.value)
        if (chosen !== undefined) onChange({ [name]: chosen[0] })
      }}
    >
      {options.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </SelectField>
  )
}
