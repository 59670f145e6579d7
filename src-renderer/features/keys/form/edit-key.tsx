import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyView } from '#shared/contract/access/keys.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { draftOf, toKeyInput } from './draft.ts'
import { keyErrors } from './field-errors.ts'
import { KeyFields } from './key-fields.tsx'

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
  const { errorOf, general } = keyErrors(update.error)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(apiKey))
  return (
    <form
      className="flex min-h-0 grow flex-col border-t border-line"
      onSubmit={(event) => {
        event.preventDefault()
        update.mutate({ id: apiKey.id, ...toKeyInput(draft, Date.now()) })
      }}
    >
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
        <KeyFields
          draft={draft}
          isNew={false}
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
        <Button disabled={!isChanged} onClick={() => setDraft(draftOf(apiKey))}>
          Discard
        </Button>
        <Button type="submit" look="primary" disabled={!isChanged || update.isPending || draft.scopes.length === 0}>
          Save
        </Button>
      </footer>
    </form>
  )
}
