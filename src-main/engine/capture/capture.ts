import { answerAfter, isScript } from '#shared/model/answer-script.ts'
import { type EventRecord, HANDSHAKE_EVENT } from '#shared/model/event.ts'
import type { Source } from '#shared/model/source.ts'
import type { CaptureApi, ReceivedRequest, Recorded } from '../engine.ts'
import type { Arrival } from '../ports.ts'
import { appendEvent, type AppendDeps, keepEvent } from './append-event.ts'
import type { CaptureAddresses } from './arrival/capture-address.ts'
import { type ArrivalDeps, readArrival } from './arrival/read-arrival.ts'
import { capturedEvent } from './captured-event.ts'
import { type AskedHandshake, askedHandshake } from './handshake/asked-handshake.ts'
import { type HandshakeContext, type HandshakeSecrets, replyToHandshake } from './handshake/reply-to-handshake.ts'
import { withoutSecrets } from './handshake/without-secrets.ts'
import { ingest } from './ingestion/ingest.ts'

export interface CaptureDeps extends AppendDeps, ArrivalDeps {
  handshakeSecrets: HandshakeSecrets
  addresses: CaptureAddresses
}

export function createCapture(deps: CaptureDeps): CaptureApi {
  const { registry, addresses } = deps

  function find(isWanted: (source: Source) => boolean): Source | null {
    for (const source of registry.sources.values()) {
      if (isWanted(source) && !registry.links.has(source.id)) return source
    }
    return null
  }

  return {
    sourceOf: (address) => find((source) => addresses.isOf(source, address)),
    addressOf: addresses.of,
    ingestSourceOf: (key) => find((source) => source.ingestKey === key),
    ingest: (source, request) => ingest(deps, source, request),

    record(source, request) {
      const provider = source.provider === null ? null : deps.catalog.provider(source.projectId, source.provider)
      const asked = provider && request.capture === 'complete' ? askedHandshake(provider, request) : null
      if (provider && asked) return recordHandshake(deps, { asked, provider, source, request })
      return recordMessage(deps, source, request)
    },
  }
}

async function recordMessage(deps: CaptureDeps, source: Source, request: ReceivedRequest): Promise<Recorded> {
  const { type, arrival } = await readArrival(deps, source, request)
  const event = capturedEvent(source, request, { id: deps.ids.next('evt'), type })
  const isStep = isScript(source.answer) && request.capture === 'complete'
  const scriptStep = { message: walkOf(type, arrival) }
  const entry = { event, body: request.body, idempotency: null, arrival, ...(isStep && { scriptStep }) }
  const appended = await appendEvent(deps, entry)
  if (isStep) tellStep(deps, source)
  return {
    event: appended.kind === 'dropped' ? appended.first : event,
    answer: answerAfter(source.answer, 'given' in appended ? appended.given : 0),
  }
}

/** A message that is told apart walks the script by itself: as its sender tries it again, and nobody else in its name. */
function walkOf(type: string, { message }: Arrival): string | null {
  return message === null || message.repeat === 'unproven' ? null : `${message.id} ${type}`
}

function tellStep({ registry, changes }: CaptureDeps, { id, projectId }: Source): void {
  registry.answersGiven.set(id, (registry.answersGiven.get(id) ?? 0) + 1)
  changes.publish({ type: 'source.changed', projectId, sourceId: id })
}

async function recordHandshake(
  deps: CaptureDeps,
  { asked, provider, source, request }: { asked: AskedHandshake } & Omit<HandshakeContext, 'secrets'>,
): Promise<Recorded> {
  const context = { provider, source, request, secrets: deps.handshakeSecrets }
  const { isAnswered, answer, note } = await replyToHandshake(asked, context)
  const kept = withoutSecrets(request, asked.handshake)
  const event: EventRecord = {
    ...capturedEvent(source, kept, { id: deps.ids.next('evt'), type: HANDSHAKE_EVENT }),
    capture: isAnswered ? 'complete' : 'refused',
    captureNote: note,
  }
  await keepEvent(deps, { event, body: kept.body })
  return { event, answer }
}
