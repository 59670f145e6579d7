import type { OutageReason } from '#shared/model/replay.ts'
import { REASON_WORDS } from '../words/reason-words.ts'

const REASONS = Object.keys(REASON_WORDS) as OutageReason[]

/** Which of what the endpoint did not get is meant. */
export function ReasonsField({
  reasons,
  onChange,
}: {
  reasons: ReadonlySet<OutageReason>
  onChange: (reasons: ReadonlySet<OutageReason>) => void
}) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-small font-medium">Events that</legend>
      {REASONS.map((reason) => (
        <label key={reason} className="flex items-start gap-2.5">
          <input
            type="checkbox"
            className="mt-[3px] accent-accent"
            checked={reasons.has(reason)}
            onChange={(event) => {
              const next = new Set(reasons)
              if (event.target.checked) next.add(reason)
              else next.delete(reason)
              onChange(next)
            }}
          />
          <span>
            {CHOICES[reason]}
            <span className="block text-small text-muted">{REASON_WORDS[reason].help}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

const CHOICES: Readonly<Record<OutageReason, string>> = {
  failed: 'failed there',
  missed: 'it missed',
  held: 'are held for it',
  canceled: 'were canceled',
  simulated: 'were only simulated',
}
