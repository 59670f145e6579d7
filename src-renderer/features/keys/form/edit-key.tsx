import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyView } from '#shared/contract/access/keys.ts'
import { fieldErrors } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { draftOf, KEY_FIELDS, toKeyInput } from './draft.ts'
import { KeyFields } from './key-fields.tsx'
import { PaneForm } from '../../../ui/layout/pane-form.tsx'

export function EditKey({ apiKey }: { apiKey: KeyView }) {
  const { api, queries } = useSession()
  const [draft, setDraft] = useState(() => draftOf(apiKey))
  const update = useMutation(
    api.keys.update.mutationOptions({
      onSuccess: async ({ name }) => {
        await queries.invalidateQueries({ queryKey: api.keys.key() })
        showDone(`Saved ${name}. It holds from its next request on.`)
      },
    }),
  )
  const { errorOf, general } = fieldErrors(update.error, KEY_FIELDS)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(apiKey))
  return (
    <PaneForm
      general={general}
      onSubmit={() => {
        update.mutate({ id: apiKey.id, ...toKeyInput(draft, Date.now()) })
      }}
      actions={
        isChanged && (
          <>
            <Button onClick={() => setDraft(draftOf(apiKey))}>Discard changes</Button>
            <Button type="submit" look="primary" disabled={update.isPending || draft.scopes.length === 0}>
              Save
            </Button>
          </>
        )
      }
    >
      <KeyFields
        draft={draft}
        isNew={false}
        errorOf={errorOf}
        onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
      />
    </PaneForm>
  )
}
