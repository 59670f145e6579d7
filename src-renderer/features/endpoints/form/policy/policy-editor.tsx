import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/controls/button.tsx'
import { plural } from '../../../../ui/format/size.ts'
import { OutcomeFields } from './outcome-fields.tsx'
import { PauseFields } from './pause-fields.tsx'
import { differencesOf } from './policy-draft.ts'
import { type PolicyEditing, PolicyEditingContext } from './policy-part.tsx'
import { CapFields, SendingFields } from './request-fields.tsx'
import { ScheduleFields } from './schedule-fields.tsx'
import { StopFields } from './stop-fields.tsx'

/** Every field of a policy. Closed until something of it is not as the preset, or refused. */
export function PolicyEditor({
  editing,
  isRefused,
  onReset,
}: {
  editing: PolicyEditing
  isRefused: boolean
  onReset: () => void
}) {
  const { policy, preset } = editing
  const differences = preset === null ? 0 : differencesOf(policy, preset).length
  const [chosen, setChosen] = useState<boolean | null>(null)
  return (
    <details open={isRefused || (chosen ?? differences > 0)} onToggle={(event) => setChosen(event.currentTarget.open)}>
      <summary className="text-small font-medium">
        Own policy
        {preset !== null && (
          <span className="font-normal text-muted">
            {differences === 0
              ? `: as ${policy.preset}`
              : `: ${plural(differences, 'field differs', 'fields differ')} from ${policy.preset}`}
          </span>
        )}
      </summary>
      <PolicyEditingContext value={editing}>
        <div className="mt-2 flex flex-col gap-3">
          <Group name="Answer">
            <OutcomeFields />
          </Group>
          <Group name="Schedule">
            <ScheduleFields />
          </Group>
          <Group name="What stops it">
            <StopFields />
          </Group>
          <Group name="Pause">
            <PauseFields />
          </Group>
          <Group name="Caps and order">
            <CapFields />
          </Group>
          <Group name="Sending">
            <SendingFields />
          </Group>
          {differences > 0 && (
            <Button className="self-start" onClick={onReset}>
              Reset to {policy.preset}
            </Button>
          )}
        </div>
      </PolicyEditingContext>
    </details>
  )
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-3 border-t border-line pt-2.5">
      <legend className="float-left mb-0.5 w-full text-mini font-medium text-faint">{name}</legend>
      {children}
    </fieldset>
  )
}
