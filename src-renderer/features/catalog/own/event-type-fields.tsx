import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import type { EventTypeView } from '#shared/contract/catalog/event-types.ts'
import { useApi } from '../../../platform/api/session.ts'
import { TextField } from '../../../ui/controls/field.tsx'
import { JsonArea, type LineProblem } from '../../../ui/editors/json-area.tsx'
import { lineOf, readJson } from '../../../ui/payload/json-places.ts'

/** What the form holds; an empty schema is read off the sample. */
export interface EventTypeDraft {
  description: string
  schema: string
  sample: string
}

export function draftOf({ description, schema, inferred, sample }: EventTypeView): EventTypeDraft {
  const pretty = (value: unknown) => JSON.stringify(value, null, 2)
  return { description, schema: inferred ? '' : pretty(schema), sample: pretty(sample) }
}

interface Readable {
  schema: EventTypeView['schema'] | null
  sample: EventTypeView['sample']
}

/** The schema and sample as values; null while one of them is not JSON. */
export function readDraft({ schema, sample }: EventTypeDraft): Readable | null {
  const readSample = readJson(sample)
  const readSchema = schema.trim() === '' ? { value: null } : readJson(schema)
  if (!('value' in readSample) || !('value' in readSchema)) return null
  // The API says what is wrong with one that is no object.
  return { schema: readSchema.value as Readable['schema'], sample: readSample.value as Readable['sample'] }
}

/** Description, schema and sample, the latter two checked as they are typed. */
export function EventTypeFields({
  draft,
  onChange,
}: {
  draft: EventTypeDraft
  onChange: (change: Partial<EventTypeDraft>) => void
}) {
  const problems = useProblems(draft)
  return (
    <>
      <TextField
        label="Description"
        placeholder="When it is sent, in a sentence."
        value={draft.description}
        onChange={(event) => onChange({ description: event.target.value })}
      />
      <JsonArea
        label="Sample"
        help="What the sender’s body looks like. It is sent where you give no other."
        value={draft.sample}
        problems={problems.sample}
        onChange={(sample) => onChange({ sample })}
      />
      <JsonArea
        label="JSON Schema"
        help="2020-12, without references to other documents. Empty: it is read off the sample."
        placeholder={'{ "type": "object", "required": ["id"] }'}
        value={draft.schema}
        problems={problems.schema}
        onChange={(schema) => onChange({ schema })}
      />
    </>
  )
}

function useProblems(draft: EventTypeDraft): Record<'schema' | 'sample', LineProblem[]> {
  const settled = useDeferredValue(draft)
  const readable = readDraft(settled)
  const { data, error } = useQuery(
    useApi().catalog.eventTypes.check.queryOptions({
      input: readable ?? { schema: null, sample: null },
      enabled: readable !== null,
      placeholderData: keepPreviousData,
      retry: false,
    }),
  )
  const found = readable === null ? [] : (data?.problems ?? [])
  const at = (place: 'schema' | 'sample'): LineProblem[] =>
    found
      .filter((problem) => problem.in === place)
      .map(({ path, message }) => ({ line: lineOf(settled[place], path), message }))
  const unread = (text: string): LineProblem[] => {
    const read = readJson(text)
    return 'value' in read ? [] : [read]
  }
  const noObject = error === null ? [] : [{ line: 1, message: 'a schema is a JSON object' }]
  return {
    schema: [...(settled.schema.trim() === '' ? [] : unread(settled.schema)), ...noObject, ...at('schema')],
    sample: [...unread(settled.sample), ...at('sample')],
  }
}
