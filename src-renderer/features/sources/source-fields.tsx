import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../platform/api/session.ts'
import { SelectField, TextAreaField, TextField } from '../../ui/controls/field.tsx'
import { HeaderRows } from '../../ui/controls/header-rows.tsx'
import { slugOf } from '../../ui/format/slug.ts'
import type { Draft } from './draft.ts'

/** Everything about a source that a person sets. */
export function SourceFields({
  draft,
  isNew,
  errorOf,
  onChange,
}: {
  draft: Draft
  isNew: boolean
  errorOf: (field: string) => string | null
  onChange: (change: Partial<Draft>) => void
}) {
  const providers = useQuery(useApi().system.providers.queryOptions()).data?.items ?? []
  return (
    <>
      <TextField
        label="Name"
        required
        autoFocus={isNew}
        value={draft.name}
        error={errorOf('name')}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      {isNew && (
        <TextField
          label="Slug"
          mono
          required
          help="The last part of its address; it cannot be changed later."
          value={draft.slug ?? slugOf(draft.name)}
          error={errorOf('slug')}
          onChange={(event) => onChange({ slug: event.target.value })}
        />
      )}
      <SelectField
        label="Sender"
        value={draft.provider}
        error={errorOf('provider')}
        help="Who sends here; its events carry the name."
        onChange={(event) => onChange({ provider: event.target.value })}
      >
        <option value="">Any</option>
        {providers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <AnswerFields draft={draft} errorOf={errorOf} onChange={onChange} />
      <TextField
        label="Public address"
        mono
        type="url"
        placeholder="https://your-tunnel.example/in/inbox"
        value={draft.publicUrl}
        error={errorOf('publicUrl')}
        help="What a sender outside uses. This machine is not reachable from there: run a tunnel of your choice to the capture address, and put the tunnel’s address here, so that it can be copied."
        onChange={(event) => onChange({ publicUrl: event.target.value })}
      />
      <TextField
        label="Largest body, in MiB"
        type="number"
        min="0.001"
        max="100"
        step="any"
        required
        value={draft.limitMib}
        error={errorOf('bodyLimitBytes')}
        help="A longer one is answered with 413, and the refusal is kept."
        onChange={(event) => onChange({ limitMib: event.target.value })}
      />
    </>
  )
}

function AnswerFields({
  draft,
  errorOf,
  onChange,
}: {
  draft: Draft
  errorOf: (field: string) => string | null
  onChange: (change: Partial<Draft>) => void
}) {
  return (
    <section aria-label="Answer" className="flex flex-col gap-3 rounded-md border border-line p-3">
      <p className="text-small text-muted">What the sender is answered, once its request is stored.</p>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Status"
          type="number"
          min="200"
          max="599"
          required
          value={draft.status}
          error={errorOf('answer.status')}
          onChange={(event) => onChange({ status: event.target.value })}
        />
        <TextField
          label="Delay, in ms"
          type="number"
          min="0"
          max="60000"
          required
          value={draft.delayMs}
          error={errorOf('answer.delayMs')}
          onChange={(event) => onChange({ delayMs: event.target.value })}
        />
      </div>
      <HeaderRows
        legend="Headers of the answer"
        headers={draft.headers}
        error={errorOf('answer.headers')}
        onChange={(headers) => onChange({ headers })}
      />
      <TextAreaField
        label="Body of the answer"
        placeholder="Empty: a short JSON receipt with the event’s id"
        value={draft.body}
        error={errorOf('answer.body')}
        onChange={(event) => onChange({ body: event.target.value })}
      />
    </section>
  )
}
