// Deliveries a second, beside a worker of BullMQ that signs and posts the same bodies to the same receiver.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { connect } from '#main/cli/connection.ts'
import { startRelay } from '#test/support/relay-process.ts'
import type { HeaderList } from '#shared/model/header.ts'
import { measureEngine } from '../../engine-run.ts'
import { startBenchReceiver, type BenchReceiver } from '../../receiver.ts'
import { percentile } from '../../report.ts'
import { startJobs } from '../bullmq/jobs-run.ts'
import { startRedis, type Redis } from '../bullmq/redis.ts'
import type { Measured } from '../figure.ts'
import { inScratchFolder } from '../scratch.ts'

const CONNECTIONS = 64
/** Only then is what V8 makes of either as fast as it gets. */
const WARM = 12_000
const EVENTS = 4_000
/** Taken in turns, so that what else this machine does falls on both. */
const ROUNDS = 3
const REACH = 2.5
const NAME = 'Signed, logged, durable deliveries a second, 1 KiB'

export function measure(): Promise<Measured> {
  return inScratchFolder(async (folder) => {
    const redis = await startRedis(folder)
    if (typeof redis === 'string')
      return { figures: [], unmeasured: [{ name: NAME, against: 'BullMQ', because: redis }] }
    const receiver = await startBenchReceiver()
    try {
      const { ours, theirs } = await inTurns(folder, redis, receiver)
      const value = ours / theirs
      return {
        figures: [
          {
            name: NAME,
            against: `BullMQ, Redis ${redis.version}`,
            value,
            result: `${value.toFixed(2)}× (${Math.round(ours)}/s of ${Math.round(theirs)}/s)`,
            reach: REACH,
            bound: 'least',
            unit: 'times',
          },
        ],
      }
    } finally {
      await receiver.close()
      await redis.stop()
    }
  })
}

async function inTurns(
  folder: string,
  redis: Redis,
  receiver: BenchReceiver,
): Promise<{ ours: number; theirs: number }> {
  const relay = await startRelay(join(folder, 'data'))
  const text = JSON.stringify(randomBytes(511).toString('hex'))
  const load = {
    api: connect({ url: relay.ready.window }),
    receiver,
    captureUrl: relay.ready.capture,
    body: Buffer.from(text),
    connections: CONNECTIONS,
  }
  const { first } = receiver.count(1)
  await measureEngine({ ...load, events: WARM })
  const jobs = await startJobs({
    socket: redis.socket,
    url: receiver.url,
    headers: constant(await first),
    secretBase64: randomBytes(24).toString('base64'),
    connections: CONNECTIONS,
  })
  await jobs.perSecond(WARM, text)
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(await jobs.perSecond(EVENTS, text))
    ours.push((await measureEngine({ ...load, events: EVENTS })).deliveriesPerSecond)
  }
  await jobs.close()
  await relay.stop()
  return { ours: percentile(ours, 0.5), theirs: percentile(theirs, 0.5) }
}

/** What the engine sends with each, but for what undici sets itself and what belongs to the signature of one. */
function constant(headers: HeaderList): HeaderList {
  const own = new Set(['host', 'content-length', 'connection', 'webhook-id', 'webhook-timestamp', 'webhook-signature'])
  return headers.filter(([name]) => !own.has(name.toLowerCase()))
}
