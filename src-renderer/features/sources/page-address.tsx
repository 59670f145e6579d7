import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SourceView } from '#shared/contract/sources.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { CodeLine } from '../../ui/feedback/code-line.tsx'
import { Confirm } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { ingestSnippet, publicIngestUrl } from './ingest-snippet.ts'

/** Where pages put events, the code that does it, and a new key. */
export function PageAddress({ source }: { source: SourceView }) {
  const [isRotating, setRotating] = useState(false)
  const url = publicIngestUrl(source)
  return (
    <details>
      <summary className="text-small font-medium">Events from pages</summary>
      <section aria-label="Events from pages" className="flex flex-col gap-1.5 pt-2">
        <p className="text-small text-muted">
          A page puts events here, even while it closes. Its key lets it write and read nothing, so it may stand in the
          page.
        </p>
        <CodeLine text={url} label="Copy the address for pages" />
        <CodeLine text={ingestSnippet(url)} label="Copy the code for pages" />
        <Button className="self-start" onClick={() => setRotating(true)}>
          Replace the key…
        </Button>
      </section>
      {isRotating && <RotateKey source={source} onClose={() => setRotating(false)} />}
    </details>
  )
}

function RotateKey({ source, onClose }: { source: SourceView; onClose: () => void }) {
  const { api, queries } = useSession()
  const rotate = useMutation(
    api.sources.rotateIngestKey.mutationOptions({
      onSuccess: async () => {
        onClose()
        showDone('The key is replaced.')
        await queries.invalidateQueries({ queryKey: api.sources.key() })
      },
      onError: showError,
    }),
  )
  return (
    <Confirm
      title={`Replace the key of ${source.name}?`}
      action="Replace key"
      isBusy={rotate.isPending}
      onConfirm={() => rotate.mutate({ id: source.id })}
      onClose={onClose}
    >
      <p>Pages that use the key of now get 404 at once, and their events are lost until they use the new one.</p>
    </Confirm>
  )
}
