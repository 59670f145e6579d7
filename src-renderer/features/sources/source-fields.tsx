import { TextAreaField, TextField } from '../../ui/controls/field.tsx'
import { slugOf } from '../../ui/format/slug.ts'
import { AnswerFields, type Standing } from './answer/answer-fields.tsx'
import type { Draft } from './draft.ts'
import { VerificationFields } from './verification/verification-fields.tsx'

/** Everything about a source that a person sets. */
export function SourceFields({
  draft,
  isNew,
  standing,
  errorOf,
  onChange,
}: {
  draft: Draft
  isNew: boolean
  /** Where its script of answers stands; null where it has given none. */
  standing: Standing | null
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
      <AnswerFields
        draft={draft.answer}
        standing={standing}
        errorOf={errorOf}
        onChange={(change) => onChange({ answer: { ...draft.answer, ...change } })}
      />
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
      <TextAreaField
        label="Origins whose pages may send"
        rows={2}
        value={draft.allowedOrigins}
        error={errorOf('allowedOrigins')}
        help="One to a line, such as https://shop.example; * is any. They send to its address for pages."
        onChange={(event) => onChange({ allowedOrigins: event.target.value })}
      />
    </>
  )
}
