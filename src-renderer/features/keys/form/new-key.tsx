import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCaller } from '../../../platform/api/caller.ts'
import { fieldErrors } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { SelectField } from '../../../ui/controls/field.tsx'
import { DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { KeyOnce } from '../key-once.tsx'
import { EMPTY_DRAFT, KEY_FIELDS, toKeyInput } from './draft.ts'
import { KeyFields } from './key-fields.tsx'
import { PaneForm } from '../../../ui/layout/pane-form.tsx'

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
  const { errorOf, general } = fieldErrors(create.error, KEY_FIELDS)
  const { data } = create
  return (
    <DetailPane title="New key" onClose={onClose}>
      <PaneForm
        general={general}
        onSubmit={() => {
          create.mutate({ ...toKeyInput(draft, Date.now()), project: seen === ALL ? null : seen })
        }}
        actions={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" disabled={create.isPending || draft.scopes.length === 0}>
              Make key
            </Button>
          </>
        }
      >
        <ProjectField seen={seen} error={errorOf('project')} onChange={setSeen} />
        <KeyFields
          draft={draft}
          isNew
          errorOf={errorOf}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
        />
      </PaneForm>
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
