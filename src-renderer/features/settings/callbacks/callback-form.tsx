import { type ReactNode, useState } from 'react'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { HeaderRows } from '../../../ui/editors/header-rows.tsx'
import { type CallbackDraft, draftOf, type StoredCallback, toChange } from './callback-draft.ts'

/** The callback of one level: its URL and headers as one pair. */
export function CallbackForm({
  stored,
  urlHelp,
  error,
  isSaving,
  onSave,
  children,
}: {
  stored: StoredCallback
  urlHelp: ReactNode
  error: unknown
  isSaving: boolean
  onSave: (change: ReturnType<typeof toChange>) => void
  /** Further fields of the same form. */
  children?: (draft: CallbackDraft, change: (part: Partial<CallbackDraft>) => void, error: string | null) => ReactNode
}) {
  const [draft, setDraft] = useState(() => draftOf(stored))
  const change = (part: Partial<CallbackDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const refusal = error === null ? null : refusalOf(error)
  const errorAt = (field: string): string | null =>
    refusal?.field?.startsWith(field) ? [refusal.message, refusal.hint].filter(Boolean).join(' ') : null
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(stored))
  const isKnown = ['apiCallbackUrl', 'apiCallbackHeaders', 'notificationUrl'].some((field) => errorAt(field) !== null)
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        onSave(toChange(draft))
      }}
    >
      <TextField
        label="Callback URL"
        mono
        placeholder="https://app.example/lumar/callback"
        help={urlHelp}
        value={draft.url}
        error={errorAt('apiCallbackUrl')}
        onChange={(event) => change({ url: event.target.value })}
      />
      <HeaderRows
        legend="Headers that go with it"
        headers={draft.headers}
        error={errorAt('apiCallbackHeaders')}
        onChange={(headers) => change({ headers })}
      />
      <p className="text-small text-muted">
        Credentials among them are kept sealed and shown as <code>***</code>. Leave <code>***</code> to keep one.
      </p>
      {children?.(draft, change, errorAt('notificationUrl'))}
      {refusal !== null && !isKnown && (
        <p role="alert" className="text-small text-fail">
          {refusal.message}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={isSaving || !isChanged}>
          Save
        </Button>
        {isChanged && <Button onClick={() => setDraft(draftOf(stored))}>Discard changes</Button>}
      </div>
    </form>
  )
}
