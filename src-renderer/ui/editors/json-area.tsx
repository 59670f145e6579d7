import type { ReactNode } from 'react'
import { TextAreaField } from '../controls/field.tsx'

export interface LineProblem {
  /** Counted from 1. */
  line: number
  message: string
}

/** JSON to edit, with what is wrong beneath it, line by line. */
export function JsonArea({
  label,
  help,
  value,
  problems,
  rows = 12,
  placeholder,
  onChange,
}: {
  label: string
  help?: ReactNode
  value: string
  problems: readonly LineProblem[]
  rows?: number
  placeholder?: string
  onChange: (value: string) => void
}) {
  return (
    <div className="flex flex-col gap-1">
      <TextAreaField
        label={label}
        help={help}
        rows={rows}
        placeholder={placeholder}
        value={value}
        aria-invalid={problems.length > 0}
        onChange={(event) => onChange(event.target.value)}
      />
      {problems.length > 0 && (
        <ul aria-label={`Problems of ${label}`} className="flex flex-col gap-0.5 text-small text-fail">
          {problems.map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              Line {line}: {message}.
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
