import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Retention, SweepCounts } from '#shared/model/retention.ts'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { RadioRow } from '../../../ui/controls/radio-row.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { countWords } from './count-words.ts'
import { toDraft, toRule } from './retention-draft.ts'

/** A rule is saved only by who has seen what it would take now. */
export function RetentionForm({ rule }: { rule: Retention }) {
  const { api, queries } = useSession()
  const [draft, setDraft] = useState(() => toDraft(rule))
  const edit = (change: Partial<typeof draft>): void => {
    setDraft((old) => ({ ...old, ...change }))
    preview.reset()
    save.reset()
  }
  const preview = useMutation(api.retention.preview.mutationOptions())
  const save = useMutation(
    api.retention.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.retention.key() })
        showDone('The retention is set.')
      },
    }),
  )
  const error = save.error ?? preview.error
  const refusal = error === null ? null : refusalOf(error)
  const errorOf = (field: keyof Retention): string | null => (refusal?.field === field ? refusal.message : null)
  const isKnown = refusal?.field !== null && refusal !== null && Object.hasOwn(rule, refusal.field)
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (preview.data === undefined) preview.mutate(toRule(draft))
        else save.mutate(toRule(draft))
      }}
    >
      <div className="grid grid-cols-3 gap-4 max-md:grid-cols-1">
        <TextField
          label="Days"
          inputMode="numeric"
          placeholder="no limit"
          value={draft.ageDays}
          error={errorOf('ageDays')}
          onChange={(event) => edit({ ageDays: event.target.value })}
        />
        <TextField
          label="Events"
          inputMode="numeric"
          placeholder="no limit"
          value={draft.events}
          error={errorOf('events')}
          onChange={(event) => edit({ events: event.target.value })}
        />
        <TextField
          label="Size in MB"
          inputMode="decimal"
          placeholder="no limit"
          value={draft.megabytes}
          error={errorOf('bytes')}
          onChange={(event) => edit({ megabytes: event.target.value })}
        />
      </div>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-small font-medium">Events with deliveries that are scheduled or held</legend>
        <RadioRow
          name="undelivered"
          label="Stay until they are delivered"
          help="However old they are: nothing undelivered is ever lost."
          checked={draft.undelivered === 'keep'}
          onChoose={() => edit({ undelivered: 'keep' })}
        />
        <RadioRow
          name="undelivered"
          label="Expire"
          help="Their deliveries are canceled as expired, shown so for a day, and then they go."
          checked={draft.undelivered === 'expire'}
          onChoose={() => edit({ undelivered: 'expire' })}
        />
      </fieldset>
      {refusal !== null && !isKnown && (
        <p role="alert" className="text-fail">
          {refusal.message} {refusal.hint}
        </p>
      )}
      {preview.data !== undefined && <Preview counts={preview.data} />}
      <span className="flex gap-2">
        {preview.data === undefined ? (
          <Button type="submit" disabled={preview.isPending}>
            {preview.isPending ? 'Counting…' : 'Show what this would take'}
          </Button>
        ) : (
          <Button
            type="submit"
            look={preview.data.events + preview.data.expired > 0 ? 'danger' : 'primary'}
            disabled={save.isPending}
          >
            Set this retention
          </Button>
        )}
      </span>
    </form>
  )
}

function Preview({ counts }: { counts: SweepCounts }) {
  const takesNone = counts.events + counts.expired === 0
  return (
    <p
      role="status"
      className={`border-l-2 px-2.5 py-1.5 ${takesNone ? 'border-ok bg-ok/9' : 'border-held bg-held/9'}`}
    >
      {takesNone ? 'Now it would take nothing.' : `The next sweep would take ${countWords(counts)}.`}
      {counts.kept > 0 && ` ${counts.kept} more stay because a delivery of theirs is not final.`}
    </p>
  )
}
