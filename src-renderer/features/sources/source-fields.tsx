import { TextAreaField, TextField } from '../../ui/controls/field.tsx'
import { HeaderRows } from '../../ui/controls/header-rows.tsx'
import { slugOf } from '../../ui/format/slug.ts'
import type { Draft } from './draft.ts'
import { VerificationFields } from './verification/verification-fields.tsx'

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
      <VerificationFields draft={draft} errorOf={errorOf} onChange={onChange} />
      <AnswerFields draft={draft} errorOf={errorOf} onChange={onChange} />
      <TextField
        label="Public address"
        mono
        type="url"
        placeholder="https://your-tunnel.example/in/inbox"
        value={draft.publicUrl}
        error={errorOf('publicUrl')}
        help="What a sender outside uses. This machine is not reachable from there: run a tunnel of your choice to the capture address, and put the tunnel’s address here, with the path that stands for the capture address. It can then be copied, and signatures over the URL are checked with it."
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
