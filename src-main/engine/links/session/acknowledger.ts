import type { EventId } from '#shared/model/ids.ts'
import type { Clock } from '../../ports.ts'

/** How long acknowledgements are gathered, so that many share a call. */
const GATHER_MS = 100

export interface AcknowledgerDeps {
  clock: Clock
  heartbeatMs: number
  /** So many are sent at once without waiting. */
  batch: number
  /** Acknowledges, or with none of them just shows that this end is there. */
  send(eventIds: readonly EventId[]): Promise<void>
  /** A call failed: whatever it carried is not acknowledged. */
  onFailed(error: unknown): void
}

/** Tells the relay what is kept here, in few calls, and that this end is alive where there is nothing to tell. */
export interface Acknowledger {
  kept(eventId: EventId): void
  /** Tells what is kept and was not told yet; never rejects. */
  finish(): Promise<void>
  stop(): void
}

export function createAcknowledger({ clock, heartbeatMs, batch, send, onFailed }: AcknowledgerDeps): Acknowledger {
  let waiting: EventId[] = []
  let sending: Promise<void> | null = null
  let isOver = false
  let cancelSoon: (() => void) | null = null
  let cancelBeat = clock.after(heartbeatMs, beat)

  function beat(): void {
    cancelBeat = clock.after(heartbeatMs, beat)
    void flush(true)
  }

  function soon(): void {
    cancelSoon ??= clock.after(waiting.length >= batch ? 0 : GATHER_MS, () => {
      cancelSoon = null
      void flush(false)
    })
  }

  function flush(isBeat: boolean): Promise<void> {
    if (sending || isOver || (waiting.length === 0 && !isBeat)) return sending ?? Promise.resolve()
    return (sending = sendWaiting())
  }

  async function sendWaiting(): Promise<void> {
    const eventIds = waiting
    waiting = []
    try {
      await send(eventIds)
    } catch (error) {
      if (!isOver) onFailed(error)
    }
    sending = null
    if (waiting.length > 0 && !isOver) soon()
  }

  return {
    kept(eventId) {
      if (isOver) return
      waiting.push(eventId)
      if (waiting.length === batch && cancelSoon) {
        cancelSoon()
        cancelSoon = null
      }
      soon()
    },
    async finish() {
      await sending
      await flush(false)
    },
    stop() {
      isOver = true
      cancelSoon?.()
      cancelBeat()
    },
  }
}
