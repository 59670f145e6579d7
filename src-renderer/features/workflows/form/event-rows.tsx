import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useId } from 'react'
import { useApi } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { JsonArea } from '../../../ui/editors/json-area.tsx'
import { readJson } from '../../../ui/payload/json-places.ts'
import { EMPTY_EVENT, type EventDraft } from './draft.ts'
import { CELL, RowFrame } from './row-frame.tsx'

/** What each target is sent, in order: samples of the catalog, or bodies of one's own. */
export function EventRows({
  events,
  errorOf,
  onChange,
}: {
  events: readonly EventDraft[]
  errorOf: (field: string) => string | null
  onChange: (events: readonly EventDraft[]) => void
}) {
  const list = useId()
  const providers = useQuery(useApi().catalog.providers.list.queryOptions({ input: {} })).data?.items ?? []
  const change = (at: number, part: Partial<EventDraft>): void =>
    onChange(events.map((event, index) => (index === at ? { ...event, ...part } : event)))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-small font-medium">Events</legend>
      {events.map((event, index) => (
        <RowFrame
          key={index}
          name={`Event ${index + 1}`}
          error={errorOf(`events.${index}`)}
          canRemove={events.length > 1}
          onRemove={() => onChange(events.filter((_, at) => at !== index))}
        >
          <div className="grid grid-cols-2 gap-1.5">
            <select
              aria-label={`Sender of event ${index + 1}`}
              className={CELL}
              value={event.provider}
              onChange={({ target: { value } }) => change(index, { provider: value })}
            >
              <option value="">Nobody in the catalog</option>
              {providers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
            <input
              aria-label={`Type of event ${index + 1}`}
              placeholder="order.paid"
              list={`${list}-${index}`}
              spellCheck={false}
              autoComplete="off"
              className={`mono ${CELL}`}
              value={event.type}
              onChange={({ target: { value } }) => change(index, { type: value })}
            />
            <datalist id={`${list}-${index}`}>
              {providers
                .find(({ id }) => id === event.provider)
                ?.eventTypes.map(({ name }) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
            </datalist>
          </div>
          <JsonArea
            label={`Body of event ${index + 1}`}
            help={event.provider === '' ? undefined : 'Leave it empty to send the catalog’s sample.'}
            rows={3}
            placeholder={event.provider === '' ? '{"total": 42}' : ''}
            value={event.data}
            problems={problemsOf(event.data)}
            onChange={(data) => change(index, { data })}
          />
        </RowFrame>
      ))}
      <Button look="ghost" className="self-start" onClick={() => onChange([...events, EMPTY_EVENT])}>
        <Plus size={13} /> Add an event
      </Button>
    </fieldset>
  )
}

function problemsOf(text: string) {
  const read = text.trim() === '' ? null : readJson(text)
  return read === null || 'value' in read ? [] : [read]
}
