import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProviderDetail } from '#shared/contract/catalog/providers.ts'
import { fieldErrors } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { draftOf, PROVIDER_FIELDS, toDefinition } from './provider-draft.ts'
import { ProviderFields } from './provider-fields.tsx'
import { ProviderPreview } from './provider-preview.tsx'
import { PaneForm } from '../../../ui/layout/pane-form.tsx'

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
  const { errorOf, general } = fieldErrors(update.error, PROVIDER_FIELDS)
  return (
    <PaneForm
      isTabbed
      general={general}
      foot={<ProviderPreview draft={draft} />}
      onSubmit={() => {
        update.mutate({ id, ...toDefinition(draft, definition) })
      }}
      actions={
        isChanged && (
          <>
            <Button onClick={() => setDraft(saved)}>Discard changes</Button>
            <Button type="submit" look="primary" disabled={update.isPending}>
              Save
            </Button>
          </>
        )
      }
    >
      <ProviderFields
        isNew={false}
        draft={draft}
        errorOf={errorOf}
        onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
      />
    </PaneForm>
  )
}
