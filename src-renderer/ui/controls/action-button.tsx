import type { ComponentProps } from 'react'
import { type ActionId, actionEntry } from '../../platform/actions/action-table.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { Button } from './button.tsx'

/** A button whose deed the palette and the keyboard offer too, for as long as the button is there. */
export function ActionButton({
  action,
  blocked = null,
  onAct,
  ...rest
}: Omit<ComponentProps<typeof Button>, 'onClick' | 'disabled' | 'title'> & {
  action: ActionId
  /** Why it cannot be done now, in a sentence; null where it can. */
  blocked?: string | null
  onAct: () => void
}) {
  useActions({ [action]: { run: onAct, blocked } })
  const { name, keys } = actionEntry(action)
  return (
    <Button
      disabled={blocked !== null}
      title={blocked ?? (keys === undefined ? undefined : `${name} (${keys[0]})`)}
      aria-keyshortcuts={keys?.[0]}
      onClick={onAct}
      {...rest}
    />
  )
}
