import { SelectField } from '../controls/field.tsx'

const OVERLAPS = [
  { hours: 0, words: 'none: at once' },
  { hours: 1, words: '1 hour' },
  { hours: 24, words: '1 day' },
  { hours: 168, words: '7 days' },
] as const

/** For how many hours what is rotated counts beside what takes its place. */
export function OverlapField({
  label = 'Overlap',
  help,
  hours,
  isFirst = false,
  onChange,
}: {
  label?: string
  help?: string
  hours: number
  /** Whether its dialog begins here. */
  isFirst?: boolean
  onChange: (hours: number) => void
}) {
  return (
    <SelectField
      label={label}
      help={help}
      {...(isFirst && { 'data-first': true })}
      value={hours}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {OVERLAPS.map((overlap) => (
        <option key={overlap.hours} value={overlap.hours}>
          {overlap.words}
        </option>
      ))}
    </SelectField>
  )
}
