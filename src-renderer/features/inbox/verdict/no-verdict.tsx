import { Link } from '@tanstack/react-router'
import type { ProviderView } from '#shared/contract/catalog/providers.ts'
import type { EventDetail } from '#shared/contract/events.ts'
import type { SourceView } from '#shared/contract/sources.ts'

/** Why an event has no verdict, and how the next ones get one. */
export function NoVerdict({
  event,
  source,
  provider,
}: {
  event: EventDetail
  /** Undefined where it is gone. */
  source: SourceView | undefined
  /** The source's own, as it is set now. */
  provider: ProviderView | undefined
}) {
  if (event.origin === 'relayed') return <p className="text-muted">The relay that it came from did not judge it.</p>
  if (event.origin !== 'captured') return <p className="text-muted">It was not captured: there is nothing to verify.</p>
  if (event.capture !== 'complete') return <p className="text-muted">Only what came whole is verified.</p>
  if (source === undefined) return <p className="text-muted">Its source named no sender that signs, and is gone.</p>
  const toSource = (text: string) => (
    <Link to="/sources/$sourceId" params={{ sourceId: source.id }} className="text-accent underline">
      {text}
    </Link>
  )
  if (source.provider === null) {
    return (
      <p className="text-muted">
        The source <span className="text-text">{source.name}</span> takes requests from anybody.{' '}
        {toSource('Choose its sender')} and give its secret: then signatures are checked as requests come, and types and
        repeats recognised.
      </p>
    )
  }
  if (provider?.signs === false) return <p className="text-muted">{provider.name} does not sign what it sends.</p>
  return (
    <p className="text-muted">
      It came before its source had this sender; verdicts are given as requests come. What comes now is judged by what
      is set in {toSource(source.name)}.
    </p>
  )
}
