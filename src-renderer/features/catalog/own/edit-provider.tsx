import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProviderDetail } from '#shared/contract/catalog/providers.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { draftOf, fieldErrors, toDefinition } from './provider-draft.ts'
import { ProviderFields } from './provider-fields.tsx'
import { ProviderPreview } from './provider-preview.tsx'

export function EditProvider({
  id,
  definition,
}: {
  id: string
  definition: NonNullable<ProviderDetail['definition']>
}) {
  const { api, queries } = useSession()
  const saved = draftOf(definition)
  const [draft, setDraft] = useState(saved)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved)
  const update = useMutation(
    api.catalog.providers.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.catalog.key() })
        showDone('Saved. What is signed from now on is signed so.')
      },
    }),
  )
  const { errorOf, general } = fieldErrors(update.error)
  return (
    <form
      className="flex min-h-0 grow flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        update.mutate({ id, ...toDefinition(draft, definition) })
      }}
    >
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
        <ProviderFields
          isNew={false}
          draft={draft}
          errorOf={errorOf}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
        />
      </div>
      <ProviderPreview draft={draft} />
      {(isChanged || general !== null) && (
        <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-2.5">
          {general !== null && (
            <p role="alert" className="mr-auto text-fail">
              {general}
            </p>
          )}
          <Button onClick={() => setDraft(saved)}>Undo</Button>
          <Button type="submit" look="primary" disabled={update.isPending}>
            Save
          </Button>
        </footer>
      )}
    </form>
  )
}
