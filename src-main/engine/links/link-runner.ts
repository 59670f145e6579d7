import type { LinkFrame } from '#shared/model/link/frames.ts'
import type { Link, LinkState } from '#shared/model/link/link.ts'
import type { RetrySchedule } from '#shared/model/policy.ts'
import type { Source } from '#shared/model/source.ts'
import type { AppendDeps } from '../capture/append-event.ts'
import { nextWaitMs } from '../delivery/retry-schedule.ts'
import { VaultLockedError, type Clock, type Log, type Random, type RelayCaller } from '../ports.ts'
import type { LinkTimings } from '../subscriptions/timings.ts'
import { problemOf, type LinkProblem } from './session/link-problem.ts'
import { runSession } from './session/link-session.ts'
import type { LinkStanding } from './links-api.ts'
import { createRelayApi, type RelayApi } from './session/relay-api.ts'

const LONGEST_WAIT_MS = 15_000
const AGAIN: RetrySchedule = {
  kind: 'exponential',
  retries: Number.MAX_SAFE_INTEGER,
  baseMs: 500,
  factor: 2,
  capMs: LONGEST_WAIT_MS,
  jitter: 0.2,
}
/** What a person has to mend first may be mended at the other end, so it is tried now and then. */
const REFUSED_WAIT_MS = 60_000

export interface RunnerDeps {
  append: AppendDeps
  relays: RelayCaller
  clock: Clock
  random: Random
  log: Log
  version: string
  timings?: LinkTimings | undefined
  /** The key, opened. Throws `VaultLockedError`. */
  key(link: Link): Promise<string>
  source(link: Link): Source | undefined
  /** How it stands is another. */
  onChanged(link: Link): void
  /** It is live: time to tell what became of what came earlier. */
  onLive(link: Link, reporting: Reporting): void
}

/** How a live link tells its relay what became of events. */
export interface Reporting {
  report: (outcomes: Parameters<RelayApi['report']>[1]) => Promise<void>
}

/** Keeps one link connected for as long as it is enabled. */
export interface LinkRunner {
  standing(): LinkStanding
  /** Connects anew, with what the link says now. */
  restart(link: Link): void
  /** Tries at once, where it waits. */
  hurry(): void
  stop(): Promise<void>
}

export function createLinkRunner(first: Link, deps: RunnerDeps): LinkRunner {
  const { clock, log } = deps
  let link = first
  let standing = blankStanding(link, clock.now())
  let stop = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let endWait = () => {}
  let isStopped = false
  /** How many frames came: only where some do, a link is better than before. */
  let frames = 0

  function show(change: Partial<LinkStanding>): void {
    const since = change.state !== undefined && change.state !== standing.state ? clock.now() : standing.since
    standing = { ...standing, since, ...change }
    deps.onChanged(link)
  }

  function heard(): void {
    standing = { ...standing, lastHeardAt: clock.now() }
  }

  function noted(frame: LinkFrame): void {
    frames += 1
    heard()
    if (frame.type === 'hello') {
      standing = { ...standing, lag: lagOf(frame.lag), relayVersion: frame.version, remoteName: frame.source.name }
    }
    if (frame.type === 'alive') show({ lag: lagOf(frame.lag) })
  }

  async function once(signal: AbortSignal): Promise<void> {
    const source = deps.source(link)
    if (!source) return
    const key = await deps.key(link)
    const session = deps.relays.open(link.url)
    try {
      const api = createRelayApi({ session, link, key, version: deps.version, onHeard: heard })
      await runSession(
        { link, source, api },
        {
          append: deps.append,
          clock,
          ...(deps.timings && { timings: deps.timings }),
          onFrame: noted,
          onLive(id) {
            show({ state: 'live', reason: null, hint: null, nextTryAt: null })
            deps.onLive(link, { report: (outcomes) => api.report(id, outcomes, signal) })
          },
          onKept(event, isNew) {
            standing.lastEventAt = Math.max(standing.lastEventAt ?? 0, Date.parse(event.receivedAt))
            if (isNew) standing.received += 1
            else standing.repeats += 1
          },
        },
        signal,
      )
    } finally {
      await session.close()
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      // What fell silent does not look better for being tried again.
      if (standing.state !== 'stalled') show({ state: 'connecting', nextTryAt: null })
      const before = frames
      try {
        await once(signal)
        if (signal.aborted || !deps.source(link)) return
      } catch (error) {
        const problem = problemFrom(error, link)
        failures = frames === before ? failures + 1 : 1
        if (failures === 1) log.warn('A link is not live', { relay: link.url, reason: problem.reason })
        await waitAfter(problem, failures, signal)
      }
    }
  }

  function waitAfter({ kind, reason, hint, retryAfterMs = 0 }: LinkProblem, failures: number, signal: AbortSignal) {
    const backoffMs = nextWaitMs(AGAIN, failures, deps.random.fraction()) ?? LONGEST_WAIT_MS
    const waitMs = Math.max(kind === 'refused' ? REFUSED_WAIT_MS : backoffMs, retryAfterMs)
    show({ state: kind as LinkState, reason, hint, nextTryAt: clock.now() + waitMs })
    return new Promise<void>((resolve) => {
      const done = () => {
        cancel()
        signal.removeEventListener('abort', done)
        resolve()
      }
      const cancel = clock.after(waitMs, done)
      signal.addEventListener('abort', done, { once: true })
      endWait = done
    })
  }

  async function halt(): Promise<void> {
    stop.abort(new Error('The link is stopped'))
    await running
  }

  function begin(): void {
    stop = new AbortController()
    const { signal } = stop
    if (!link.enabled) return show({ state: 'off', reason: null, hint: null, nextTryAt: null, lag: null })
    running = run(signal)
  }

  begin()
  return {
    standing: () => standing,
    restart(next) {
      const ended = halt()
      link = next
      void ended.then(() => {
        if (!isStopped && stop.signal.aborted && link === next) begin()
      })
    },
    hurry: () => endWait(),
    stop() {
      isStopped = true
      return halt()
    },
  }
}

function problemFrom(error: unknown, { url }: Link): LinkProblem {
  if (!(error instanceof VaultLockedError)) return problemOf(error, url)
  return { kind: 'refused', reason: error.message, hint: 'Open the vault, or give the link its key again.' }
}

/** How a link stands of which nothing is known yet. */
export function blankStanding({ enabled }: Pick<Link, 'enabled'>, now: number): LinkStanding {
  return {
    state: enabled ? 'connecting' : 'off',
    since: now,
    reason: null,
    hint: null,
    nextTryAt: null,
    lastHeardAt: null,
    lastEventAt: null,
    lag: null,
    relayVersion: null,
    remoteName: null,
    received: 0,
    repeats: 0,
  }
}

function lagOf({ oldestAt, lastEventAt, ...lag }: Extract<LinkFrame, { type: 'alive' }>['lag']): LinkStanding['lag'] {
  return {
    ...lag,
    oldestAt: oldestAt === null ? null : Date.parse(oldestAt),
    lastEventAt: lastEventAt === null ? null : Date.parse(lastEventAt),
  }
}
