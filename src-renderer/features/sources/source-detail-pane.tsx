import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { LinkView } from '#shared/contract/links/links.ts'
import type { SourceView } from '#shared/contract/sources.ts'
import { useSession } from '../../platform/api/session.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { Button } from '../../ui/controls/button.tsx'
import { CodeLine } from '../../ui/feedback/code-line.tsx'
import { Confirm } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { draftOf, fieldErrors, toInput } from './draft.ts'
import { PageAddress } from './page-address.tsx'
import { GapsSection } from './gaps/gaps-section.tsx'
import { LinkSection } from './links/link-section.tsx'
import { SubscribersSection } from './links/subscribers-section.tsx'
import { SourceFields } from './source-fields.tsx'
import { answerWords } from './source-row.tsx'

export function SourceDetailPane({
  source,
  link,
  onClose,
}: {
  source: SourceView
  link: LinkView | undefined
  onClose: () => void
}) {
  const [isDeleting, setDeleting] = useState(false)
  return (
    <DetailPane
      title={source.name}
      id={source.id}
      onClose={onClose}
      actions={
        <ActionButton action="source.delete" look="danger" onAct={() => setDeleting(true)}>
          Delete…
        </ActionButton>
      }
      chips={
        <>
          <Chip>
            <span className="mono">{source.slug}</span>
          </Chip>
          {link === undefined ? <Chip>answers {answerWords(source)}</Chip> : <Chip>fed from a relay</Chip>}
          {source.provider !== null && <Chip>from {source.provider}</Chip>}
          <Link
            to="/inbox"
            search={{ filter: `source:${source.slug}` }}
            className="text-accent underline underline-offset-2"
          >
            Its events
          </Link>
        </>
      }
    >
      {link === undefined ? (
        <>
          <GapsSection source={source} />
          <SubscribersSection source={source} />
          <EditSource key={JSON.stringify(draftOf(source))} source={source} />
        </>
      ) : (
        <LinkSection link={link} />
      )}
      {isDeleting && (
        <DeleteSource source={source} link={link} onClose={() => setDeleting(false)} onDeleted={onClose} />
      )}
    </DetailPane>
  )
}

function EditSource({ source }: { source: SourceView }) {
  const { api, queries } = useSession()
  const saved = draftOf(source)
  const [draft, setDraft] = useState(saved)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved)
  const update = useMutation(
    api.sources.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.sources.key() })
        showDone('Saved.')
      },
    }),
  )
  const reset = useMutation(
    api.sources.resetScript.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.sources.key() }),
      onError: showError,
    }),
  )
  const { errorOf, general } = fieldErrors(update.error)
  return (
    <form
      className="flex min-h-0 grow flex-col border-t border-line"
      onSubmit={(event) => {
        event.preventDefault()
        update.mutate({ id: source.id, ...toInput(draft) })
      }}
    >
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
        <section aria-label="Addresses" className="flex flex-col gap-1.5">
          <h2 className="text-small font-medium">Capture address</h2>
          <CodeLine text={source.captureUrl} label="Copy the capture address" />
          {source.publicUrl !== null && (
            <h2 className="mt-1 text-small font-medium">Public address, for senders outside</h2>
          )}
          {source.publicUrl !== null && <CodeLine text={source.publicUrl} label="Copy the public address" />}
          <PageAddress source={source} />
        </section>
        <SourceFields
          draft={draft}
          isNew={false}
          standing={
            source.scriptStanding && { ...source.scriptStanding, onReset: () => reset.mutate({ id: source.id }) }
          }
          errorOf={errorOf}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
        />
      </div>
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

function DeleteSource({
  source,
  link,
  onClose,
  onDeleted,
}: {
  source: SourceView
  link: LinkView | undefined
  onClose: () => void
  onDeleted: () => void
}) {
  const { api, queries } = useSession()
  const remove = useMutation(
    api.sources.delete.mutationOptions({
      onSuccess: async () => {
        onDeleted()
        showDone(`Deleted ${source.name}.`)
        await queries.invalidateQueries({ queryKey: api.sources.key() })
      },
      onError: showError,
    }),
  )
  return (
    <Confirm
      title={`Delete ${source.name}?`}
      action="Delete source"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: source.id })}
      onClose={onClose}
    >
      {link === undefined ? (
        <p>
          <span className="mono">{source.captureUrl}</span> stops capturing at once, and its senders get an error.
        </p>
      ) : (
        <p>
          Nothing comes from <span className="mono">{link.url}</span> any more. There, the subscription “
          {link.subscriber}” stays until it is ended.
        </p>
      )}
      <p className="text-muted">The events that came by it stay.</p>
    </Confirm>
  )
}
