// `npm run demo`: real payloads, a receiver that misbehaves, and what Hookloop makes of it.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { buildIfStale } from '#main/cli/build.ts'
import { connect, type Api } from '#main/cli/connection.ts'
import { startReceiver, type ReceivedRequest } from '#test/support/receiver.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { createCast } from './cast.ts'
import { summary, tell, type Seen } from './narrate.ts'
import { createMisbehaviour } from './receiver-script.ts'
import { sendAudit, sendGithubHooks } from './senders.ts'

/** An hour of retries in a minute. */
const TIME_SCALE = 60
/** The longest that the story is followed; waits beyond are shown as waiting. */
const LONGEST_MS = 40_000

await buildIfStale()
const folder = await mkdtemp(join(tmpdir(), 'hookloop-demo-'))
const interruption = new AbortController()
// It may come twice, from the terminal and from npm.
process.on('SIGINT', () => interruption.abort())
const staysOpen = process.stdout.isTTY && !process.argv.includes('--once')
/** What a captured event is, by id; without a provider its type is only `request`. */
const names = new Map<string, string>()
const receiver = await startReceiver({ script: createMisbehaviour() })
const relay = await startRelay(join(folder, 'data'))
try {
  await play()
  if (staysOpen && !interruption.signal.aborted) {
    console.log(`\nThe window stays open: ${relay.ready.window}\nCtrl-C ends the demo and removes what it made.`)
    await once(interruption.signal, 'abort')
  }
} catch (error) {
  if (!interruption.signal.aborted) throw error
} finally {
  await relay.stop()
  await receiver.close()
  await rm(folder, { recursive: true, force: true })
}

async function play(): Promise<void> {
  const api = connect({ url: relay.ready.window })
  console.log(`Watch it here:   ${relay.ready.window}\nReceiver:        ${receiver.url}   (waits run ×${TIME_SCALE})\n`)
  await api.projects.update({ id: 'default', timeScale: TIME_SCALE })
  const { captureUrl } = await api.sources.create({ name: 'GitHub', slug: 'github' })
  const cast = await createCast(api, receiver.url)
  const seen: Seen = new Map()
  const story = follow(api, seen)
  console.log(`Sending GitHub’s published examples to ${captureUrl}, then audit.completed from the catalog\n`)
  await sendGithubHooks(captureUrl, names)
  await sendAudit(api)
  await story
  console.log(`\n${summary(cast, seen)}\n`)
  console.log(verifyOne(cast[0]?.secret ?? '', receiver.requests))
}

/** Tells every change until nothing more is to come soon. */
async function follow(api: Api, seen: Seen): Promise<void> {
  const stop = AbortSignal.any([AbortSignal.timeout(LONGEST_MS), interruption.signal])
  const note = (delivery: DeliveryView) => {
    const before = seen.get(delivery.id)
    // A list asked for a moment ago may come after newer news.
    if (before !== undefined && before.updatedAt > delivery.updatedAt) return
    const text = tell(delivery, before, names.get(delivery.eventId) ?? delivery.eventType)
    seen.set(delivery.id, delivery)
    if (text !== null) console.log(text)
  }
  try {
    for await (const item of await api.feed({}, { signal: stop })) {
      if (item.type === 'delivery.changed') note(item.delivery)
      // A pause holds many at once: the feed says that they changed, the list says how.
      else if (item.type === 'gap' || item.type === 'event.tally')
        (await api.deliveries.list({ limit: 500 })).items.forEach(note)
      if (isOver(seen)) return
    }
  } catch (error) {
    if (!stop.aborted) throw error
  }
}

/** Six GitHub events to four endpoints, and the audit to five; over once each has ended, is held, or waits long. */
function isOver(seen: Seen): boolean {
  const open = [...seen.values()].filter(({ state }) => state === 'scheduled' || state === 'delivering')
  const isSlow = ({ endpointName, attempts }: DeliveryView) =>
    endpointName?.startsWith('Slow') === true && attempts >= 3
  return seen.size >= 6 * 4 + 5 && open.every(isSlow)
}

/** As a receiver would: with the published library of the standard. */
function verifyOne(secret: string, requests: readonly ReceivedRequest[]): string {
  const request = requests.find(({ target }) => target.startsWith('/ok'))
  if (request === undefined) throw new Error('Nothing arrived at /ok')
  const headers = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]))
  new Webhook(secret).verify(request.body.toString(), headers)
  return `Signature of ${headers['webhook-id']} verified with the standardwebhooks package: valid.`
}
