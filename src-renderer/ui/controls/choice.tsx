/** A few ways to show the same thing, one of them chosen. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: T
  options: readonly { value: T; label: string; disabled?: boolean }[]
  onChange: (value: T) => void
}) {
  return (
    <div role="group" aria-label={label} className="flex w-fit shrink-0 overflow-hidden rounded border border-line">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          disabled={option.disabled}
          className="h-5.5 border-l border-line px-2 text-small text-muted first:border-l-0 hover:text-text disabled:opacity-50 aria-pressed:bg-raise aria-pressed:text-text"
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
