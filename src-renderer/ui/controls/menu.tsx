import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'

const ITEM =
  'flex h-7 items-center gap-2 rounded px-2 text-base outline-none select-none data-[highlighted]:bg-accent-soft data-[disabled]:opacity-50'

/** A menu under its trigger. Not modal: a modal one would inject a style element, which the page's policy forbids. */
export function Menu({ trigger, label, children }: { trigger: ReactNode; label: string; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          align="start"
          sideOffset={5}
          collisionPadding={8}
          className="z-30 max-h-96 min-w-44 overflow-y-auto rounded-md border border-line bg-panel p-1 shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export function MenuItem({ children, ...rest }: ComponentProps<typeof DropdownMenu.Item>) {
  return (
    <DropdownMenu.Item className={ITEM} {...rest}>
      {children}
    </DropdownMenu.Item>
  )
}

/** One of several, the chosen one ticked. */
export function MenuChoice({
  value,
  options,
  onChange,
}: {
  value: string
  options: readonly { value: string; label: ReactNode; hint?: string }[]
  onChange: (value: string) => void
}) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={ITEM}>
          <span className="flex w-4 justify-center text-accent">
            <DropdownMenu.ItemIndicator>
              <Check size={13} />
            </DropdownMenu.ItemIndicator>
          </span>
          <span className="grow">{option.label}</span>
          {option.hint !== undefined && <span className="pl-4 text-small text-muted">{option.hint}</span>}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="mx-1 my-1 h-px bg-line" />
}
