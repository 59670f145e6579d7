import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { showDone } from '../../ui/feedback/toast.tsx'
import { slugOf } from '../../ui/format/slug.ts'
import { DetailPane } from '../../ui/layout/detail-pane.tsx'
import { EMPTY_DRAFT, fieldErrors, toInput } from './draft.ts'
import { SourceFields } from './source-fields.tsx'

export function NewSource({ onCreated, onClose }: { onCreated: (id: string) => void; onClose: () => void }) {
  const { api, queries } = useSession()
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const create = useMutation(
    api.sources.create.mutationOptions({
      onSuccess: async ({ id, name }) => {
        await queries.invalidateQueries({ queryKey: api.sources.key() })
        showDone(`${name} captures from now on.`)
        onCreated(id)
      },
    }),
  )
  const { errorOf, general } = fieldErrors(create.error)
  return (
    <DetailPane title="New source" onClose={onClose}>
      <form
        className="flex min-h-0 grow flex-col border-t border-line"
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate({ ...toInput(draft), slug: draft.slug ?? slugOf(draft.name) })
        }}
      >
        <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
          <SourceFields
            draft={draft}
            isNew
            standing={null}
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
          <Button type="submit" look="primary" disabled={create.isPending}>
            Create source
          </Button>
        </footer>
      </form>
    </DetailPane>
  )
}
