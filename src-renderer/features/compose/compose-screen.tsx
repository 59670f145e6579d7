import { useMutation } from '@tanstack/react-query'
import { useNavigateUnlessLeft } from '../../platform/browser/navigate-unless-left.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { type Refusal, refusalOf } from '../../platform/api/refusal.ts'
import { useApi } from '../../platform/api/session.ts'
import { createObservable, useObservable } from '../../platform/browser/observable.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { BodyEditor } from '../../ui/editors/code/body-editor.tsx'
import { EditorColumns } from '../../ui/editors/editor-columns.tsx'
import { MessageTabs } from '../../ui/editors/message-tabs.tsx'
import { showDone } from '../../ui/feedback/toast.tsx'
import { Bar } from '../../ui/layout/bar.tsx'
import { type ComposeDraft, composeInput, EMPTY_DRAFT, isJson } from './compose-draft.ts'
import { TypeFields } from './type-fields.tsx'
import { WouldGo } from './would-go.tsx'

/** What was begun: whoever looks something up meanwhile finds it again, until it is sent or emptied. */
const kept = createObservable<ComposeDraft>(EMPTY_DRAFT)

/** A new event, from a sample of the catalog or from nothing. */
export function ComposeScreen() {
  const navigate = useNavigateUnlessLeft()
  const draft = useObservable(kept)
  const change = (next: ComposeDraft): void => kept.set(next)
  const create = useMutation(
    useApi().events.create.mutationOptions({
      onSuccess: ({ id, deliveries }) => {
        kept.set(EMPTY_DRAFT)
        showDone(deliveries.total === 0 ? 'Composed the event. No endpoint takes it.' : 'Composed and sent the event.')
        void navigate({ to: '/inbox/$eventId', params: { eventId: id }, search: { tab: 'deliveries' } })
      },
    }),
  )
  const refusal = create.error === null ? null : refusalOf(create.error)
  const blocked = draft.type.trim() === '' ? 'Name its type first' : create.isPending ? 'It is being sent' : null
  const send = (): void => {
    if (blocked === null) create.mutate(composeInput(draft))
  }
  useActions({ 'list.close': () => void navigate({ to: '/inbox' }) })
  return (
    <>
      <Bar label="Compose">
        <h1 className="font-semibold">Compose an event</h1>
        <span className="ml-auto flex shrink-0 items-center gap-1.5">
          <ActionButton
            action="message.empty"
            blocked={draft === EMPTY_DRAFT ? 'Nothing is written yet' : null}
            onAct={() => change(EMPTY_DRAFT)}
          >
            Start over
          </ActionButton>
          <ActionButton action="message.send" look="primary" blocked={blocked} onAct={send}>
            Send
          </ActionButton>
        </span>
      </Bar>
      <EditorColumns
        message={
          <MessageTabs
            headers={draft.headers}
            headerError={headerError(refusal)}
            headerNote="They go out with the body. Connection headers, Host and Content-Length are set by whoever sends."
            onHeaders={(headers) => change({ ...draft, headers })}
            body={
              <BodyEditor
                language={isJson(draft) ? 'json' : 'text'}
                value={draft.text}
                onChange={(text) => change({ ...draft, text })}
                onSubmit={send}
              />
            }
          />
        }
        aside={
          <>
            <TypeFields
              draft={draft}
              error={refusal?.field === 'type' ? `${refusal.message} ${refusal.hint ?? ''}` : null}
              onChange={change}
            />
            <WouldGo draft={draft} />
            {refusal !== null && refusal.field !== 'type' && headerError(refusal) === null && (
              <p role="alert" className="border-l-2 border-fail bg-fail/9 px-2.5 py-1.5">
                {refusal.message} {refusal.hint}
              </p>
            )}
          </>
        }
      />
    </>
  )
}

function headerError(refusal: Refusal | null): string | null {
  return refusal?.field?.startsWith('headers') === true ? `${refusal.message} ${refusal.hint ?? ''}` : null
}
