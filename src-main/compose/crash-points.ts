import { subscribe } from 'node:diagnostics_channel'
import type { Store, Transport } from '../engine/ports.ts'
import { StartError } from './start-error.ts'

/** Where a test may have this process killed; `in-…` is in the middle of the transaction. */
const CRASH_POINTS = [
  'in-capture',
  'after-capture',
  'after-claim',
  'during-send',
  'after-answer',
  'in-conclusion',
  'after-conclusion',
  'in-replay',
  'after-replay',
  'in-advance',
  'after-advance',
  'before-entry',
] as const
type CrashPoint = (typeof CRASH_POINTS)[number]

interface Parts {
  store: Store
  transport: Transport
}

/**
 * The parts as they are, unless `HOOKLOOP_CRASH_AT` names a point, or `point:n` for the nth time that it is reached: then
 * this process ends there as by `kill -9`. Throws `StartError` for a name that is no point.
 */
export function withCrashPoints(parts: Parts, env: NodeJS.ProcessEnv = process.env): Parts {
  const setting = env['HOOKLOOP_CRASH_AT']
  if (!setting) return parts
  const reach = countDown(setting)
  return { store: crashingStore(parts.store, reach), transport: crashingTransport(parts.transport, reach) }
}

type Reach = (point: CrashPoint) => void

function countDown(setting: string): Reach {
  const [, name = '', count = '1'] = /^([a-z-]+)(?::([1-9]\d{0,5}))?$/.exec(setting) ?? []
  const wanted = CRASH_POINTS.find((point) => point === name)
  if (!wanted) throw new StartError(`HOOKLOOP_CRASH_AT is none of: ${CRASH_POINTS.join(', ')}`)
  let left = Number(count)
  return (point) => {
    if (point === wanted && (left -= 1) === 0) process.kill(process.pid, 'SIGKILL')
  }
}

function crashingStore(store: Store, reach: Reach): Store {
  const { events, deliveries, replays, workflows, audit } = store
  return {
    ...store,
    events: {
      ...events,
      append: (entry) =>
        reached(events.append(onRead(entry, 'body', () => reach('in-capture'))), () => reach('after-capture')),
    },
    deliveries: {
      ...deliveries,
      claimDue: (step) =>
        reached(deliveries.claimDue(step), ({ claimed }) => claimed.forEach(() => reach('after-claim'))),
      conclude(step) {
        // Read once the delivery and its endpoint are changed and the attempt is not yet there.
        const attempt = onRead(step.attempt, 'timings', () => reach('in-conclusion'))
        return reached(deliveries.conclude({ ...step, attempt }), () => reach('after-conclusion'))
      },
    },
    replays: {
      ...replays,
      create(replay, first, edited) {
        const watched = first.map((delivery) => onRead(delivery, 'id', () => reach('in-replay')))
        return reached(replays.create(replay, watched, edited), () => reach('after-replay'))
      },
      advance(step) {
        const watched = step.deliveries.map(({ delivery, insteadOf }) => ({
          delivery: onRead(delivery, 'id', () => reach('in-replay')),
          insteadOf,
        }))
        return reached(replays.advance({ ...step, deliveries: watched }), () => reach('after-replay'))
      },
    },
    workflows: {
      ...workflows,
      advanceRun(step) {
        const run = onRead(step.run, 'status', () => reach('in-advance'))
        return reached(workflows.advanceRun({ ...step, run }), () => reach('after-advance'))
      },
    },
    audit: {
      ...audit,
      append(step) {
        if (step.settles !== null) reach('before-entry')
        return audit.append(step)
      },
    },
  }
}

function crashingTransport(transport: Transport, reach: Reach): Transport {
  // The library tells when it has written a head; the body follows in the same turn, as far as the socket takes it.
  subscribe('undici:client:sendHeaders', () => setImmediate(() => reach('during-send')))
  return {
    ...transport,
    send: (request, signal) => reached(transport.send(request, signal), () => reach('after-answer')),
  }
}

async function reached<T>(step: Promise<T>, act: (result: T) => void): Promise<T> {
  const result = await step
  act(result)
  return result
}

/** The same value, whose `key` acts when it is read for the first time: in the middle of what a store does with it. */
function onRead<T extends object>(value: T, key: keyof T, act: () => void): T {
  let read = false
  return Object.defineProperty({ ...value }, key, {
    enumerable: true,
    get() {
      if (!read) act()
      read = true
      return value[key]
    },
  })
}
