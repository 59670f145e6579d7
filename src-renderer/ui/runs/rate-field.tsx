import { TextField } from '../controls/field.tsx'
import { readRate } from './rate.ts'

/** How fast long work may send. */
export function RateField({
  value,
  isFirst = false,
  onChange,
}: {
  value: string
  /** Whether its dialog begins here. */
  isFirst?: boolean
  onChange: (value: string) => void
}) {
  return (
    <TextField
      {...(isFirst && { 'data-first': true })}
      label="At most, in a second"
      inputMode="decimal"
      placeholder="no limit"
      value={value}
      error={readRate(value) === 'invalid' ? 'Write a number from 0.01 to 1000, or nothing for no limit.' : null}
      help="Slow enough for a receiver that has just come back."
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
