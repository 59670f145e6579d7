import type { LinkFrame, RelayedEvent } from '#shared/model/link/frames.ts'
import type { Link } from '#shared/model/link/link.ts'
import { OLDEST_PROTOCOL } from '#shared/model/link/subscription.ts'
import type { Source } from '#shared/model/source.ts'
import type { AppendDeps } from '../../capture/append-event.ts'
import type { Clock } from '../../ports.ts'
import { LINK_TIMINGS, type LinkTimings } from '../../subscriptions/timings.ts'
import { createAcknowledger, type Acknowledger } from './acknowledger.ts'
import { commitRelayed } from './commit-relayed.ts'
import { LinkProblemError, silence } from './link-problem.ts'
import { readFrames } from './read-frames.ts'
import type { RelayApi } from './relay-api.ts'

/** So many events are under way at most: enough to keep a distant relay busy, and little to send again. */
const WINDOW = 200
/** How long it may take to acknowledge what is kept, once the link is to stop. */
const FAREWELL_MS = 1_000
/** A relay that asks for other times than any version would is not followed in that. */
const SANE_MS = { least: 20, most: 120_000 }

type Hello = Extract<LinkFrame, { type: 'hello' }>

export interface SessionDeps {
  append: AppendDeps
  clock: Clock
  /** Until the relay says its own. */
  timings?: LinkTimings
  /** Something was heard of the relay. */
  onFrame(frame: LinkFrame): void
  /** An event is kept here: for the first time, or once more. */
  onKept(event: RelayedEvent, isNew: boolean): void
  /** The connection stands; what is given is the subscription's id. */
  onLive(id: string): void
}

/**
 * Follows a relay's source until something ends it: rejects with why, and resolves only where `stop` was asked for. An
 * event is acknowledged once it is kept here, in the order in which they came.
 */
export async function runSession(
  { link, source, api }: { link: Link; source: Source; api: RelayApi },
  deps: SessionDeps,
  stop: AbortSignal,
): Promise<void> {
  const { clock, timings = LINK_TIMINGS } = deps
  const ending = new AbortController()
  const fail = (error: unknown): void => ending.abort(error)
  const onStop = () => {
    const cancel = clock.after(FAREWELL_MS, leave)
    void (acknowledger?.finish() ?? Promise.resolve()).then(leave)
    function leave(): void {
      cancel()
      ending.abort(stop.reason)
    }
  }
  stop.addEventListener('abort', onStop, { once: true })
  const watch = createWatch(clock, timings.silenceMs, fail)
  let acknowledger: Acknowledger | null = null
  let connectionId = ''

  try {
    const id = await api.subscribe(ending.signal)
    watch.heard()
    for await (const frame of readFrames(await api.follow(id, WINDOW, ending.signal))) {
      watch.heard()
      if (frame.type === 'hello') {
        acknowledger ??= greet(id, frame)
        deps.onLive(id)
      }
      deps.onFrame(frame)
      if (frame.type === 'event' && acknowledger) await keep(id, frame, acknowledger)
      if (frame.type === 'end') throw endedBy(frame, link)
    }
    throw new LinkProblemError({ kind: 'waiting', reason: 'The relay ended the connection.', hint: null })
  } catch (error) {
    if (stop.aborted) return
    throw ending.signal.aborted ? ending.signal.reason : error
  } finally {
    stop.removeEventListener('abort', onStop)
    watch.stop()
    acknowledger?.stop()
    ending.abort(new Error('The session is over'))
  }

  function greet(id: string, { connection, protocol, version, heartbeatMs, silenceMs }: Hello): Acknowledger {
    if (protocol < OLDEST_PROTOCOL) throw relayTooOld(link, version)
    watch.expect(sane(silenceMs))
    connectionId = connection
    return createAcknowledger({
      clock,
      heartbeatMs: sane(heartbeatMs),
      batch: WINDOW / 2,
      send: (eventIds) => api.acknowledge(id, { connection, eventIds }, ending.signal),
      onFailed: fail,
    })
  }

  /** Begins to keep it; what comes next need not wait for the disk, which keeps them in order. */
  async function keep(id: string, { event, repeat }: Extract<LinkFrame, { type: 'event' }>, ack: Acknowledger) {
    const body = event.bodyBase64 === null ? await fetched(id, event) : Buffer.from(event.bodyBase64, 'base64')
    commitRelayed(deps.append, { source, event, repeat, body: new Uint8Array(body) })
      .then((isNew) => {
        deps.onKept(event, isNew)
        ack.kept(event.id)
      })
      .catch(fail)
  }

  function fetched(id: string, { id: eventId, bodySizeBytes: mostBytes }: RelayedEvent): Promise<Uint8Array> {
    return api.body(id, { connection: connectionId, eventId, mostBytes }, ending.signal)
  }
}

function sane(ms: number): number {
  return Math.min(SANE_MS.most, Math.max(SANE_MS.least, ms))
}

/** Gives the relay up once nothing was heard of it for too long. */
function createWatch(clock: Clock, silenceMs: number, fail: (error: unknown) => void) {
  let limitMs = silenceMs
  let heardAt = clock.monotonic()
  let cancel = clock.after(limitMs, look)

  function look(): void {
    const leftMs = heardAt + limitMs - clock.monotonic()
    if (leftMs > 0) cancel = clock.after(leftMs, look)
    else fail(new LinkProblemError(silence(limitMs)))
  }

  return {
    heard: () => void (heardAt = clock.monotonic()),
    expect(ms: number) {
      limitMs = ms
      cancel()
      look()
    },
    stop: () => cancel(),
  }
}

function endedBy({ reason, message }: Extract<LinkFrame, { type: 'end' }>, link: Link): LinkProblemError {
  if (reason === 'taken_over') {
    return new LinkProblemError({
      kind: 'refused',
      reason: `Another machine subscribes as “${link.subscriber}”: ${message}`,
      hint: 'Give each machine a subscriber name of its own.',
    })
  }
  const kind =
    reason === 'source_gone' || reason === 'deleted' ? 'refused' : reason === 'silent' ? 'stalled' : 'waiting'
  const hint = reason === 'deleted' ? 'It is made anew, from now on, at the next try.' : null
  return new LinkProblemError({ kind, reason: `The relay ended it: ${message}`, hint })
}

function relayTooOld({ url }: Link, version: string): LinkProblemError {
  return new LinkProblemError({
    kind: 'refused',
    reason: `${url} runs Hookloop ${version}, which speaks an older link protocol than this version knows.`,
    hint: 'Update Hookloop on the relay.',
  })
}
