import { UNTYPED_EVENT } from '#shared/model/event.ts'
import type { EventVerdict } from '#shared/model/findings.ts'
import type { Source } from '#shared/model/source.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { eventTypeOf } from '../../catalog/event-type.ts'
import { recognize } from '../../catalog/recognize.ts'
import type { ReceivedRequest } from '../../engine.ts'
import type { Arrival } from '../../ports.ts'
import { judgeRequest } from './judge-request.ts'
import type { SourceSecrets } from '../source-secrets.ts'

export interface ArrivalDeps {
  catalog: Pick<Catalog, 'provider'>
  sourceSecrets: Pick<SourceSecrets, 'of'>
}

const NOTHING_TOLD = { type: UNTYPED_EVENT, arrival: { verdict: null, message: null } }

/** What a request says it is, and what its signature proves, by the provider of its source. */
export async function readArrival(
  { catalog, sourceSecrets }: ArrivalDeps,
  source: Source,
  request: ReceivedRequest,
): Promise<{ type: string; arrival: Arrival }> {
  const provider = source.provider === null ? null : catalog.provider(source.projectId, source.provider)
  if (!provider || request.capture !== 'complete') return NOTHING_TOLD
  const { eventType, messageId } = recognize(provider, request)
  const verdict = judgeRequest(provider, request, { source, secrets: await sourceSecrets.of(source) })
  const message = messageId === null ? null : { id: messageId, repeat: repeatRule(source, verdict) }
  return { type: eventTypeOf(eventType), arrival: { verdict, message } }
}

/** A forged request can name any message: it must neither pass for the genuine one nor keep it out. */
function repeatRule({ duplicates }: Source, verdict: EventVerdict | null): 'keep' | 'drop' | 'unproven' {
  return verdict?.verdict === 'invalid' ? 'unproven' : duplicates
}
