import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Clock, Log } from '../../engine/ports.ts'
import { createSpans } from './spans.ts'

const OVER = new Set<Delivery['state']>(['succeeded', 'failed', 'canceled', 'simulated'])
/** Of deliveries that are not over, how far their attempts were told. */
const MOST_REMEMBERED = 50_000

export interface TracesDeps {
  /** Of a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318. */
  url: string
  engine: Engine
  version: string
  clock: Clock
  log: Log
}

/** Tells a collector of each event, its deliveries and their attempts. Nothing waits for it: what it does not take is left out. */
export function startTraces({ url, engine, version, clock, log }: TracesDeps): { stop(): Promise<void> } {
  const exporter = new OTLPTraceExporter({ url: `${url.replace(/\/$/, '')}/v1/traces` })
  const processor = new BatchSpanProcessor({ exporter })
  const spans = createSpans(version)
  const toldAttempts = new Map<string, number>()

  async function tellDelivery(delivery: Delivery): Promise<void> {
    const { id, attempts, state } = delivery
    const told = toldAttempts.get(id) ?? 0
    const isOver = OVER.has(state)
    const known = state === 'delivering' ? attempts - 1 : attempts
    if (known > told) {
      remember(id, known)
      for (const attempt of await engine.deliveries.attempts(delivery)) {
        if (attempt.number > told && attempt.number <= known) processor.onEnd(spans.attempt(attempt))
      }
    }
    if (!isOver) return
    toldAttempts.delete(id)
    processor.onEnd(spans.delivery(delivery))
  }

  function remember(id: string, attempts: number): void {
    toldAttempts.set(id, attempts)
    const [oldest] = toldAttempts.keys()
    if (toldAttempts.size > MOST_REMEMBERED && oldest !== undefined) toldAttempts.delete(oldest)
  }

  const unsubscribe = engine.changes.subscribe((change) => {
    if (change.type === 'event.captured') processor.onEnd(spans.event(change.event, clock.now()))
    if (change.type !== 'delivery.changed') return
    tellDelivery(change.delivery).catch((error: unknown) => {
      log.warn('A delivery could not be traced', { delivery: change.delivery.id, error: String(error) })
    })
  })

  return {
    async stop() {
      unsubscribe()
      await processor.shutdown().catch(() => {})
    },
  }
}
