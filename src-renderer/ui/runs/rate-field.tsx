import { TextField } from '../controls/field.tsx'

const SLOWEST = 0.01
const FASTEST = 1_000

/** A rate as it is typed: nothing for no limit, `invalid` for what is none. */
export function readRate(text: string): number | null | 'invalid' {
  if (text.trim() === '') return null
  const perSecond = Number(text)
  return Number.isFinite(perSecond) && perSecond >= SLOWEST && perSecond <= FASTEST ? perSecond : 'invalid'
}

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
