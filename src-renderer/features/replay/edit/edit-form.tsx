import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { EventDetail } from '#shared/contract/events.ts'
import { useActions } from '../../../platform/actions/bound-actions.ts'
import { type Refusal, refusalOf } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { beginReplay, type ReplayInput } from '../../../platform/replays/begin-replay.ts'
import { ActionButton } from '../../../ui/controls/action-button.tsx'
import { Note } from '../../../ui/payload/note.tsx'
import { BodyEditor } from '../../../ui/editors/code/body-editor.tsx'
import { EditorColumns } from '../../../ui/editors/editor-columns.tsx'
import { MessageTabs } from '../../../ui/editors/message-tabs.tsx'
import { clockTime } from '../../../ui/format/time.ts'
import { Bar } from '../../../ui/layout/bar.tsx'
import { ReplayProgress } from '../replay-progress.tsx'
import { ReplayRefusal } from '../parts/replay-refusal.tsx'
import { type Aim, aimInput, isAimed } from '../parts/aim.ts'
import { ReplayTarget } from '../parts/replay-target.tsx'
import { FIRST_SIGNING, signingInput, sourceSignerWords } from '../parts/signing.ts'
import { watchReplay } from '../watch-replay.ts'
import { changesOf, editInput, startOf } from './draft.ts'
import { EditSigning } from './edit-signing.tsx'
import { useKeptDraft } from './kept-drafts.ts'
import { type Sent, SentList } from './sent-list.tsx'

export function EditForm({ event, bytes }: { event: EventDetail; bytes: Uint8Array }) {
  const session = useSession()
  const navigate = useNavigate()
  // The message of an event never changes.
  const [start] = useState(() => startOf(event, bytes))
  const [draft, setDraft] = useKeptDraft(event.id, start.draft)
  const [aim, setAim] = useState<Aim>({ kind: 'matching' })
  const [signing, setSigning] = useState({ ...FIRST_SIGNING, freshIds: true })
  const sources = useQuery(session.api.sources.list.queryOptions({ input: {} })).data?.items ?? []
  const [sent, setSent] = useState<readonly Sent[]>([])
  const [isShown, setShown] = useState(false)
  const changes = changesOf(start.draft, draft)
  const isEdited = changes.headers || changes.body

  const create = useMutation({
    mutationFn: (input: ReplayInput) => beginReplay(session.client, input),
    onSuccess: ({ id, editedEventId, createdAt }) => {
      watchReplay(session, id)
      setSent((before) => [{ replayId: id, eventId: editedEventId ?? event.id, at: createdAt }, ...before])
      setShown(true)
    },
  })
  const refusal = create.error === null ? null : refusalOf(create.error)
  const blocked = !isAimed(aim) ? 'Choose where it goes' : create.isPending ? 'It is being sent' : null
  const send = (): void => {
    if (blocked !== null) return
    const edit = editInput(start.draft, draft, signing.freshIds)
    create.mutate({
      eventIds: [event.id],
      ...(edit !== undefined && { edit }),
      ...aimInput(aim),
      ...signingInput(signing, aim),
    })
  }
  const back = (): void => void navigate({ to: '/inbox/$eventId', params: { eventId: event.id } })
  useActions({ 'list.close': back })
  const [latest] = sent

  return (
    <>
      <Bar label="Edit and replay">
        <h1 className="shrink-0 font-semibold">Edit and replay</h1>
        <Link
          to="/inbox/$eventId"
          params={{ eventId: event.id }}
          className="min-w-0 truncate text-muted underline decoration-line underline-offset-2 hover:decoration-current"
        >
          {event.type} of {clockTime(event.receivedAt)}
        </Link>
        <span role="status" className="shrink-0 text-small text-retry">
          {isEdited && editedWords(changes)}
        </span>
        <span className="ml-auto flex shrink-0 items-center gap-1.5">
          <ActionButton
            action="message.revert"
            blocked={isEdited ? null : 'It stands as it came'}
            onAct={() => setDraft(start.draft)}
          >
            Revert to original
          </ActionButton>
          <ActionButton action="message.send" look="primary" blocked={blocked} onAct={send}>
            {isEdited ? 'Send edited' : 'Replay as it came'}
          </ActionButton>
        </span>
      </Bar>
      <EditorColumns
        message={
          <MessageTabs
            headers={draft.headers}
            headerError={headerError(refusal)}
            headerNote="Connection headers, Host and Content-Length are set by whoever sends. Signed anew, the signature’s own headers are replaced."
            onHeaders={(headers) => setDraft({ ...draft, headers })}
            body={
              <>
                {start.note !== null && <Note>{start.note}</Note>}
                {draft.text !== null && (
                  <BodyEditor
                    language={start.isJson ? 'json' : 'text'}
                    value={draft.text}
                    onChange={(text) => setDraft({ ...draft, text })}
                    onSubmit={send}
                  />
                )}
              </>
            }
          />
        }
        aside={
          <>
            <ReplayTarget
              eventType={event.type}
              aim={aim}
              onChange={setAim}
              error={refusal?.field === 'url' ? refusal.message : null}
            />
            <EditSigning
              signing={signing}
              isBodyEdited={changes.body}
              isToAddress={aim.kind === 'url'}
              sourceWords={sourceSignerWords(event, sources)}
              onChange={setSigning}
            />
            <p className="text-small text-muted">
              The event stays as it came. What you send is kept as an event of its own that points at it.
            </p>
            {refusal !== null && refusal.field !== 'url' && headerError(refusal) === null && (
              <ReplayRefusal refusal={refusal} />
            )}
            <SentList sent={sent} originalId={event.id} />
          </>
        }
      />
      {isShown && latest !== undefined && (
        <ReplayProgress replayId={latest.replayId} eventId={latest.eventId} onClose={() => setShown(false)} />
      )}
    </>
  )
}

function editedWords({ headers, body }: { headers: boolean; body: boolean }): string {
  if (headers && body) return 'Body and headers edited'
  return body ? 'Body edited' : 'Headers edited'
}

function headerError(refusal: Refusal | null): string | null {
  return refusal?.field?.startsWith('edit.headers') === true ? `${refusal.message} ${refusal.hint ?? ''}` : null
}
