import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SourceView } from '#shared/contract/sources.ts'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useApi } from '../../../platform/api/session.ts'
import { recall, remember } from '../../../platform/browser/remembered.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { SelectField, TextField } from '../../../ui/controls/field.tsx'
import { GapList } from './gap-list.tsx'
import { summary } from './gap-words.ts'

const DAY_MS = 86_400_000
const STRETCHES = [
  { days: '1', words: 'Last 24 hours' },
  { days: '7', words: 'Last 7 days' },
  { days: '30', words: 'Last 30 days' },
] as const

/** Missing stretches of what came by a source: one line, and the whole report where it is opened. */
export function GapsSection({ source }: { source: SourceView }) {
  const kept = `numbers of ${source.id}`
  const [isOpen, setOpen] = useState(false)
  const [days, setDays] = useState('1')
  const [sequence, setSequence] = useState(() => recall(kept) ?? '')
  const [openedAt] = useState(() => Date.now())
  const since = new Date(openedAt - Number(days) * DAY_MS).toISOString()
  const { data, error, isFetching, refetch } = useQuery({
    ...useApi().sources.gaps.queryOptions({
      input: { id: source.id, ...(days !== '1' && { since }), ...(sequence !== '' && { sequence }) },
    }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const refusal = error === null ? null : refusalOf(error)
  return (
    <section aria-label="Missing messages" className="flex max-h-[60%] shrink-0 flex-col border-t border-line">
      <header className="flex items-center gap-2 px-4 py-2">
        <h2 className="text-small font-medium">Missing messages</h2>
        <span className={data !== undefined && data.total.gaps > 0 ? 'text-fail' : 'text-muted'}>
          {refusal !== null ? 'could not be looked for' : data === undefined ? 'looking …' : summary(data)}
        </span>
        <span className="grow" />
        <Button look="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide' : 'Details'}
        </Button>
      </header>
      {isOpen && (
        <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-4 pb-3">
          <div className="grid grid-cols-2 items-start gap-3">
            <SelectField label="Look at" value={days} onChange={(event) => setDays(event.target.value)}>
              {STRETCHES.map((stretch) => (
                <option key={stretch.days} value={stretch.days}>
                  {stretch.words}
                </option>
              ))}
            </SelectField>
            <NumberPlace
              value={sequence}
              error={refusal?.field === 'sequence' ? refusal.message : null}
              onChange={(next) => {
                setSequence(next)
                remember(kept, next === '' ? null : next)
              }}
            />
          </div>
          {refusal !== null && refusal.field !== 'sequence' && (
            <p role="alert" className="text-fail">
              {refusal.message} {refusal.hint}
            </p>
          )}
          {data !== undefined && refusal === null && <GapList source={source} report={data} />}
          <Button className="self-start" disabled={isFetching} onClick={() => void refetch()}>
            Look again
          </Button>
        </div>
      )}
    </section>
  )
}

/** Takes effect once it is finished: each letter of a place would be a question of its own. */
function NumberPlace({
  value,
  error,
  onChange,
}: {
  value: string
  error: string | null
  onChange: (value: string) => void
}) {
  const [draft, setDraft] = useState(value)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onChange(draft.trim())
      }}
    >
      <TextField
        label="Where it numbers its messages"
        mono
        placeholder="json:data.number"
        help="header:, json:, form: or query: and the name, where the sender counts its messages one by one."
        error={error}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => onChange(draft.trim())}
      />
    </form>
  )
}
