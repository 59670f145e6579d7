import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { EventDetail, EventSchemaView } from '#shared/contract/events.ts'
import { useApi } from '../../../platform/api/session.ts'
import { Choice } from '../../../ui/controls/choice.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { CapturedSchema } from '../../../ui/schema/captured-schema.tsx'
import { SchemaView } from '../../../ui/schema/schema-view.tsx'
import { FindingsTable } from '../schema/findings-table.tsx'
import { KeepSchema } from '../schema/keep-schema.tsx'
import { standingOf } from '../schema/schema-words.ts'

const SIDES = [
  { value: 'type', label: 'Of the type' },
  { value: 'captured', label: 'Of captured events' },
] as const

/** How an event stands to the schema of its type, and what captured ones have in common. */
export function SchemaTab({ event }: { event: EventDetail }) {
  const { data, error, refetch } = useQuery(useApi().events.schema.queryOptions({ input: { id: event.id } }))
  if (error !== null && data === undefined)
    return <ErrorState title="The schema could not be read" error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <SkeletonRows rows={4} />
  return <Judged event={event} judged={data} />
}

function Judged({ event, judged }: { event: EventDetail; judged: EventSchemaView }) {
  const { type, schema, findings } = judged
  const [side, setSide] = useState<(typeof SIDES)[number]['value']>(type === null ? 'captured' : 'type')
  const { before, after, tone } = standingOf(judged)
  return (
    <div className="flex min-h-0 grow flex-col overflow-y-auto">
      <section aria-label="Fit" className="shrink-0 px-4 pt-3 pb-2">
        <p className={`rounded-r border-l-2 px-2.5 py-1.5 ${tone}`}>
          {before}{' '}
          {type !== null && (
            <Link
              to="/catalog/$provider/$type"
              params={{ provider: type.provider, type: type.name }}
              search={{ tab: 'schema' }}
              className="text-accent underline"
            >
              {type.provider} {type.name}
            </Link>
          )}
          {after}
        </p>
        {findings !== null && findings.length > 0 && <FindingsTable findings={findings} />}
      </section>
      <div className="flex shrink-0 items-center gap-3 border-t border-line px-4 py-1.5">
        <h2 className="text-small font-medium">Schema</h2>
        <Choice
          label="Which schema"
          value={side}
          options={SIDES.map((option) => ({ ...option, disabled: option.value === 'type' && schema === null }))}
          onChange={setSide}
        />
      </div>
      {side === 'type' && schema !== null ? (
        <SchemaView schema={schema} name={event.type} label="Schema of the type" />
      ) : (
        <CapturedSchema type={event.type} provider={event.provider}>
          {(captured) => <KeepSchema event={event} type={type} captured={captured} />}
        </CapturedSchema>
      )}
    </div>
  )
}
