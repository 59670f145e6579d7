import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useApi } from '../../platform/api/session.ts'
import { CodeLine } from '../../ui/feedback/code-line.tsx'
import { EmptyState } from '../../ui/feedback/states.tsx'
import { SendSample } from './send-sample.tsx'

/** Teaches how to fill the Inbox. */
export function EmptyInbox() {
  const sources = useQuery(useApi().sources.list.queryOptions({ input: {} })).data?.items
  const source = sources?.find(({ slug }) => slug === 'inbox') ?? sources?.at(-1)
  return (
    <EmptyState title="Nothing captured yet">
      {source === undefined ? (
        <p className="text-muted">
          A source is an address that captures whatever is sent to it.{' '}
          <Link to="/sources/$sourceId" params={{ sourceId: 'new' }} className="text-accent underline">
            Create a source
          </Link>{' '}
          first.
        </p>
      ) : (
        <>
          <p className="text-muted">
            Point a sender at this address. Any method, any path below it, any body is kept byte for byte.
          </p>
          <CodeLine text={source.captureUrl} label="Copy the capture address" />
          <p className="text-muted">Or try it from a terminal:</p>
          <CodeLine text={`curl -d '{"hello":1}' ${source.captureUrl}`} label="Copy the curl command" />
        </>
      )}
      <div className="flex items-center gap-3 border-t border-line pt-4">
        <SendSample />
        <span className="text-muted">
          Composes <span className="mono">audit.completed</span>, a real payload from the catalog.
        </span>
      </div>
    </EmptyState>
  )
}
