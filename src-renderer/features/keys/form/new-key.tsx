import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCaller } from '../../../platform/api/caller.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { SelectField } from '../../../ui/controls/field.tsx'
import { DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { KeyOnce } from '../key-once.tsx'
import { EMPTY_DRAFT, toKeyInput } from './draft.ts'
import { keyErrors } from './field-errors.ts'
import { KeyFields } from './key-fields.tsx'

const ALL = ''

export function NewKey({ onCreated, onClose }: { onCreated: (id: string) => void; onClose: () => void }) {
  const { api, queries, project } = useSession()
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const [seen, setSeen] = useState(project)
  const create = useMutation(
    api.keys.create.mutationOptions({
      // Its answer holds a secret: it goes with this view.
      gcTime: 0,
      onSuccess: () => queries.invalidateQueries({ queryKey: api.keys.key() }),
    }),
  )
  const { errorOf, general } = keyErrors(create.error)
  const { data } = create
  return (
    <DetailPane title="New key" onClose={onClose}>
      <form
        className="flex min-h-0 grow flex-col border-t border-line"
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate({ ...toKeyInput(draft, Date.now()), project: seen === ALL ? null : seen })
        }}
      >
        <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
          <ProjectField seen={seen} error={errorOf('project')} onChange={setSeen} />
          <KeyFields
            draft={draft}
            isNew
            errorOf={errorOf}
            onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
          />
        </div>
        <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-2.5">
          {general !== null && (
            <p role="alert" className="mr-auto text-fail">
              {general}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={create.isPending || draft.scopes.length === 0}>
            Make key
          </Button>
        </footer>
      </form>
      {data !== undefined && (
        <KeyOnce name={data.name} secret={data.secret} previousUntil={null} onStored={() => onCreated(data.id)} />
      )}
    </DetailPane>
  )
}

function ProjectField({
  seen,
  error,
  onChange,
}: {
  seen: string
  error: string | null
  onChange: (slug: string) => void
}) {
  const { api, project } = useSession()
  const caller = useCaller()
  const projects = useQuery(api.projects.list.queryOptions()).data?.items ?? []
  const slugs = projects.length === 0 ? [project] : projects.map(({ slug }) => slug)
  return (
    <SelectField
      label="Project"
      help="It sees nothing of any other."
      value={seen}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    >
      {slugs.map((slug) => (
        <option key={slug} value={slug}>
          {projects.find((known) => known.slug === slug)?.name ?? slug}
        </option>
      ))}
      {caller?.project == null && <option value={ALL}>All projects</option>}
    </SelectField>
  )
}
