import { useState } from 'react'
import { type FieldProps, TextField } from './field.tsx'

/**
 * A value that is typed as text, such as a span. What cannot be read is passed on as it stands, so that whoever checks the
 * whole refuses it too; the field says what is wrong with it at once.
 */
export function ReadField<T>({
  value,
  write,
  read,
  problem,
  error,
  onChange,
  ...rest
}: FieldProps & {
  value: T
  write: (value: T) => string
  /** Null for what cannot be read. */
  read: (text: string) => T | null
  /** What to type, where it cannot be read. */
  problem: string
  placeholder?: string
  onChange: (value: T) => void
}) {
  const textOf = (given: T): string => (typeof given === 'string' ? given : write(given))
  const [held, setHeld] = useState({ value, text: textOf(value) })
  // Changed from outside: what was typed gives way.
  if (JSON.stringify(held.value) !== JSON.stringify(value)) setHeld({ value, text: textOf(value) })
  const change = (text: string): void => {
    const next = read(text) ?? (text as T)
    setHeld({ value: next, text })
    onChange(next)
  }
  return (
    <TextField
      {...rest}
      value={held.text}
      error={typeof held.value === 'string' ? problem : error}
      onChange={(event) => change(event.target.value)}
    />
  )
}
