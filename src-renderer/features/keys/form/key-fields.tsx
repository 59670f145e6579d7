import { SelectField, TextField } from '../../../ui/controls/field.tsx'
import type { KeyDraft, Lifetime } from './draft.ts'
import { ScopesField } from './scopes-field.tsx'

const LIFETIMES: readonly { days: number; words: string }[] = [
  { days: 1, words: '1 day' },
  { days: 7, words: '7 days' },
  { days: 30, words: '30 days' },
  { days: 90, words: '90 days' },
  { days: 365, words: '1 year' },
]

function toLifetime(value: string): Lifetime {
  return value === 'never' || value === 'keep' ? value : Number(value)
}

export function KeyFields({
  draft,
  isNew,
  errorOf,
  onChange,
}: {
  draft: KeyDraft
  isNew: boolean
  errorOf: (field: string) => string | null
  onChange: (change: Partial<KeyDraft>) => void
}) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Name"
          help="What it is for, such as the job that uses it."
          required
          value={draft.name}
          error={errorOf('name')}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <TextField
          label="Owner"
          help="Who answers for it."
          value={draft.owner}
          error={errorOf('owner')}
          onChange={(event) => onChange({ owner: event.target.value })}
        />
        <SelectField
          label="Ends"
          help="A key that ends by itself cannot be forgotten."
          value={String(draft.lifetime)}
          error={errorOf('expiresAt')}
          onChange={(event) => onChange({ lifetime: toLifetime(event.target.value) })}
        >
          {!isNew && <option value="keep">as it is</option>}
          {LIFETIMES.map(({ days, words }) => (
            <option key={days} value={days}>
              {isNew ? `in ${words}` : `${words} from now`}
            </option>
          ))}
          <option value="never">never</option>
        </SelectField>
        <TextField
          label="Quota"
          help="Requests in any minute, over all its clients; empty for no limit."
          inputMode="numeric"
          placeholder="no limit"
          value={draft.quota}
          error={errorOf('quotaPerMinute')}
          onChange={(event) => onChange({ quota: event.target.value })}
        />
      </div>
      <ScopesField scopes={draft.scopes} error={errorOf('scopes')} onChange={(scopes) => onChange({ scopes })} />
    </>
  )
}
