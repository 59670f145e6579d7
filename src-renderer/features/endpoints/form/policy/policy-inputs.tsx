import { ReadField } from '../../../../ui/controls/read-field.tsx'
import { SelectField } from '../../../../ui/controls/field.tsx'
import { readList, readNumber, readSize, readSpan, writeSize, writeSpan } from '../../../../ui/format/quantities.ts'

interface InputProps<T> {
  label: string
  help?: string
  error: string | null
  value: T
  onChange: (value: T) => void
}

/** A span such as `15 s`. */
export function SpanInput(props: InputProps<number>) {
  return (
    <ReadField
      {...props}
      write={writeSpan}
      read={readSpan}
      problem="Write a time with its unit, such as 500 ms, 15 s, 5 min or 2 h."
    />
  )
}

/** A span, or nothing. */
export function OptionalSpanInput({ empty, ...props }: InputProps<number | null> & { empty: string }) {
  return (
    <ReadField
      {...props}
      placeholder={empty}
      write={(ms) => (ms === null ? '' : writeSpan(ms))}
      read={(text) => readSpan(text)}
      onChange={(ms) => props.onChange(isBlank(ms) ? null : ms)}
      problem="Write a time with its unit, such as 15 s, 5 min or 2 h, or leave it empty."
    />
  )
}

/** Spans in order, such as `1 min, 5 min, 2 h`. */
export function SpansInput(props: InputProps<number[]>) {
  return (
    <ReadField
      {...props}
      write={(waits) => waits.map(writeSpan).join(', ')}
      read={(text) => readList(text, readSpan)}
      problem="Write times by commas, each with its unit: 1 min, 5 min, 2 h. Empty for no retries."
    />
  )
}

/** A size such as `64 KiB`, or nothing. */
export function OptionalSizeInput({ empty, ...props }: InputProps<number | null> & { empty: string }) {
  return (
    <ReadField
      {...props}
      placeholder={empty}
      write={(bytes) => (bytes === null ? '' : writeSize(bytes))}
      read={(text) => readSize(text)}
      onChange={(bytes) => props.onChange(isBlank(bytes) ? null : bytes)}
      problem="Write a size with its unit, such as 64 KiB or 1 MiB, or leave it empty."
    />
  )
}

export function SizeInput(props: InputProps<number>) {
  return (
    <ReadField {...props} write={writeSize} read={readSize} problem="Write a size with its unit, such as 64 KiB." />
  )
}

export function NumberInput(props: InputProps<number>) {
  return <ReadField {...props} write={String} read={readNumber} problem="Write a number." />
}

/** A number, or nothing. */
export function OptionalNumberInput({ empty, ...props }: InputProps<number | null> & { empty: string }) {
  return (
    <ReadField
      {...props}
      placeholder={empty}
      write={(value) => (value === null ? '' : String(value))}
      read={readNumber}
      onChange={(value) => props.onChange(isBlank(value) ? null : value)}
      problem="Write a number, or leave it empty."
    />
  )
}

/** Statuses such as `408, 429`. */
export function StatusesInput(props: InputProps<number[]>) {
  return (
    <ReadField
      {...props}
      write={(statuses) => statuses.join(', ')}
      read={(text) => readList(text, readNumber)}
      problem="Write statuses by commas, such as 408, 429."
    />
  )
}

/** One of a few words. */
export function WordInput<T extends string>({
  label,
  help,
  error,
  value,
  words,
  onChange,
}: InputProps<T> & { words: Readonly<Record<T, string>> }) {
  return (
    <SelectField
      label={label}
      error={error}
      value={value}
      {...(help !== undefined && { help })}
      onChange={(event) => onChange(event.target.value as T)}
    >
      {Object.entries<string>(words).map(([word, sentence]) => (
        <option key={word} value={word}>
          {sentence}
        </option>
      ))}
    </SelectField>
  )
}

/** What was left empty comes as the empty text that could not be read. */
function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === ''
}
