import { Switch } from 'radix-ui'
import { useId } from 'react'

/** A switch with its sentence beside it. */
export function Toggle({
  label,
  help,
  checked,
  onChange,
}: {
  label: string
  help?: string
  checked: boolean
  onChange: (checked: boolean) => void
}) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <Switch.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        className="mt-0.5 flex h-4 w-7 shrink-0 items-center rounded-full border border-faint bg-raise px-px data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="size-3 rounded-full bg-muted transition-transform duration-100 data-[state=checked]:translate-x-3 data-[state=checked]:bg-on-accent" />
      </Switch.Root>
      <div>
        <label htmlFor={id} className="text-small font-medium">
          {label}
        </label>
        {help !== undefined && (
          <p id={`${id}-help`} className="text-small text-muted">
            {help}
          </p>
        )}
      </div>
    </div>
  )
}
