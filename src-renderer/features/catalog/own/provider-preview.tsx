import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useApi } from '../../../platform/api/session.ts'
import { PairsTable } from '../../../ui/payload/pairs-table.tsx'
import { type ProviderDraft, toDefinition } from './provider-draft.ts'

const SAMPLE = { hello: 'world' }

/** What the provider would send as the form stands now, or what is still wrong with it. */
export function ProviderPreview({ draft }: { draft: ProviderDraft }) {
  const settled = useDeferredValue(draft)
  const definition = { ...toDefinition(settled, null), name: settled.name.trim() === '' ? 'Preview' : settled.name }
  const { data, error } = useQuery(
    useApi().catalog.providers.preview.queryOptions({
      input: { ...definition, sample: SAMPLE },
      placeholderData: keepPreviousData,
      retry: false,
    }),
  )
  const problem = error === null ? (data?.problem ?? null) : refusalOf(error)
  return (
    <section
      aria-label="Preview"
      tabIndex={0}
      className="flex max-h-[min(11rem,20vh)] shrink-0 flex-col gap-1 overflow-y-auto border-t border-line bg-panel py-2"
    >
      <h2 className="px-4 text-small font-medium">
        What it sends for <span className="mono">{JSON.stringify(SAMPLE)}</span>
      </h2>
      {problem !== null ? (
        <p role="status" className="px-4 text-fail">
          {problem.message} {problem.hint}
        </p>
      ) : data === undefined ? null : data.headers.length === 0 ? (
        <p className="px-4 text-muted">No header of its own.</p>
      ) : (
        <>
          <PairsTable label="Headers of the preview" pairs={data.headers} />
          {data.secret !== null && (
            <p className="px-4 text-small text-muted">
              Signed with <span className="mono break-all">{data.secret}</span>, a secret that is used for nothing else.
            </p>
          )}
        </>
      )}
    </section>
  )
}
