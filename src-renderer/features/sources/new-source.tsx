import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Choice } from '../../ui/controls/choice.tsx'
import { showDone } from '../../ui/feedback/toast.tsx'
import { slugOf } from '../../ui/format/slug.ts'
import { DetailPane } from '../../ui/layout/detail-pane.tsx'
import { EMPTY_DRAFT, fieldErrors, toInput } from './draft.ts'
import { NewLink } from './links/new-link.tsx'
import { SourceFields } from './source-fields.tsx'

type Way = 'capture' | 'relay'
const WAYS = [
  { value: 'capture', label: 'Captures here' },
  { value: 'relay', label: 'From a relay' },
] as const satisfies readonly { value: Way; label: string }[]

interface Props {
  onCreated: (id: string) => void
  onClose: () => void
}

/** A source is an address here, or another relay's source. */
export function NewSource(props: Props) {
  const [way, setWay] = useState<Way>('capture')
  return (
    <DetailPane
      title="New source"
      onClose={props.onClose}
      chips={<Choice label="Where its events come from" value={way} options={WAYS} onChange={setWay} />}
    >
      {way === 'capture' ? <NewAddress {...props} /> : <NewLink {...props} />}
    </DetailPane>
  )
}

function NewAddress({ onCreated, onClose }: Props) {
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
  )
}
