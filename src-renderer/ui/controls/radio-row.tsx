import type { ReactNode } from 'react'

/** One choice of a group, with what it means. */
export function RadioRow({
  name,
  label,
  help,
  checked,
  onChoose,
}: {
  name: string
  label: string
  help: ReactNode
  checked: boolean
  onChoose: () => void
}) {
  return (
    <label className="flex items-start gap-2.5">
      <input type="radio" name={name} checked={checked} onChange={onChoose} className="mt-[3px] accent-accent" />
      <span>
        {label}
        <span className="block text-small text-muted">{help}</span>
      </span>
    </label>
  )
}
