import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createReadiness } from '#main/compose/observing/readiness.ts'
import { start, type Running, type StartOptions } from '#main/compose/start.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { scratchFolder } from './bin.ts'

/** Of Debian's package prometheus, where it is installed. */
const hasPromtool = spawnSync('promtool', ['--version']).status === 0

async function startHere(options: Partial<StartOptions> = {}): Promise<Running> {
  const home = scratchFolder()
  const running = await start({
    dataDirectory: `${home}/data`,
    keyFile: `${home}/master.key`,
    host: '127.0.0.1',
    port: 0,
    capturePort: 0,
    uiDirectory: home,
    version: '1.0.0',
    quiet: true,
    ...options,
  })
  onTestFinished(() => running.stop(500))
  return running
}

const call = async (running: Running, method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${running.apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${running.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return (await answer.json()) as never
}

/** A receiver that fails once, an endpoint to it, and an event that is delivered at the second try. */
async function deliverOnce(running: Running): Promise<void> {
  const receiver = await startReceiver({ script: [{ status: 503 }, { status: 200 }] })
  onTestFinished(() => receiver.close())
  await call(running, 'PATCH', '/projects/default', { timeScale: 3_600 })
  await call(running, 'POST', '/endpoints', { name: 'App', url: receiver.url, eventTypes: ['*'] })
  await fetch(`${running.captureUrl}/inbox?secret=s3cr3t-in-the-url`, { method: 'POST', body: '{"card":"4111"}' })
  // The second request has come before its attempt is concluded.
  await expect.poll(() => call(running, 'GET', '/status')).toMatchObject({ deliveries: { succeeded: 1 } })
}

interface OtlpSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  status: { code?: number; message?: string }
  attributes: { key: string; value: Record<string, unknown> }[]
}

/** Takes OTLP over HTTP as JSON, and keeps it. */
async function startCollector() {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(`${request.url} ${body}`)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    spans: (): OtlpSpan[] =>
      bodies.flatMap((body) => {
        const { resourceSpans } = JSON.parse(body.slice(body.indexOf('{'))) as {
          resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[]
        }
        return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
      }),
  }
}

describe('what a relay tells its operators', () => {
  it('REL-7 counts events, deliveries and attempts for Prometheus, for whoever holds the scope', async () => {
    const running = await startHere()
    const at = running.apiUrl.replace('/api/v1', '/metrics')
    expect((await fetch(at)).status).toBe(401)
    const { secret } = (await call(running, 'POST', '/keys', { name: 'CI', scopes: ['events:read'] })) as {
      secret: string
    }
    expect((await fetch(at, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(403)
    await deliverOnce(running)
    const answer = await fetch(at, { headers: { authorization: `Bearer ${running.token}` } })
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const said = await answer.text()
    expect(said).toContain('hookloop_events_total{origin="captured",capture="complete"} 1')
    expect(said).toContain('hookloop_attempt_duration_seconds_count{result="5xx"} 1')
    expect(said).toMatch(/hookloop_attempt_duration_seconds_count\{result="2xx"\} 1/)
    expect(said).toContain('hookloop_endpoints{state="active"} 1')
    expect(said).toContain('hookloop_links{state="live"} 0')
    expect(said).toContain('hookloop_build_info{version="1.0.0"} 1')
    // Every family has its help and its type, and no label holds what somebody made up.
    const names = new Set(
      [...said.matchAll(/^(hookloop_[a-z_]+?)(?:_bucket|_sum|_count)?[{ ]/gm)].map(([, name]) => name),
    )
    for (const name of names) expect(said).toMatch(new RegExp(`^# HELP ${name} .+\\n# TYPE ${name} \\w+$`, 'm'))
    const figures = said.split('\n').filter((line) => line.startsWith('hookloop_'))
    expect(figures.join('\n')).not.toMatch(/inbox|App|127\.0\.0\.1|request/)
    expect(figures.some((line) => /^hookloop_storage_bytes\{kind="disk_free"\} [1-9]/.test(line))).toBe(true)
  })

  it.runIf(hasPromtool)('REL-7 tells figures that Prometheus’ own check accepts', async () => {
    const running = await startHere()
    const at = running.apiUrl.replace('/api/v1', '/metrics')
    const answer = await fetch(at, { headers: { authorization: `Bearer ${running.token}` } })
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: await answer.text(),
      encoding: 'utf8',
    })
    expect({ status, said: `${stdout}${stderr}` }).toEqual({ status: 0, said: '' })
  })

  it('REL-7 tells a collector of an event, its delivery and its attempts as one trace, without what may be secret', async () => {
    const collector = await startCollector()
    const running = await startHere({ tracesUrl: collector.url })
    await deliverOnce(running)
    await running.stop(1_000)
    const spans = collector.spans()
    const of = (name: string) => spans.filter((span) => span.name === name)
    const [event] = of('event request')
    const [delivery] = of('delivery')
    expect(of('attempt').map(({ status }) => status.code ?? 0)).toEqual([2, 0])
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([event!.traceId]))
    expect(event!.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(event).not.toHaveProperty('parentSpanId', expect.stringMatching(/./))
    expect(delivery).toMatchObject({ parentSpanId: event!.spanId })
    for (const attempt of of('attempt')) {
      expect(attempt).toMatchObject({ parentSpanId: delivery!.spanId, spanId: expect.stringMatching(/^[0-9a-f]{16}$/) })
      expect(BigInt(attempt.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(attempt.startTimeUnixNano))
    }
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length)
    expect(collector.bodies.every((body) => body.startsWith('/v1/traces '))).toBe(true)
    expect(collector.bodies.join()).not.toMatch(/s3cr3t|4111|127\.0\.0\.1/)
  })

  it('REL-7 says with /readyz whether it can store, how long work waits, and what the disk has left', async () => {
    const running = await startHere()
    const answer = await fetch(running.apiUrl.replace('/api/v1', '/readyz'))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      status: 'ready',
      checks: { storage: { ok: true }, backlog: { ok: true, oldestDueAt: null }, disk: { ok: true } },
    })
  })

  it('REL-7 is not ready where nothing can be stored or the disk is full, and says why', async () => {
    const { store, stop } = await createTestEngine()
    onTestFinished(() => stop())
    const full = { sizes: () => Promise.resolve({ diskFreeBytes: 10 * 1024 * 1024 } as never) }
    const stuck = { ...store.settings, put: () => Promise.reject(new Error('disk full')) }
    const due = {
      ...store.deliveries,
      lanes: () => Promise.resolve([{ lane: 'dlv_1' as never, dueAt: Date.now() - 600_000 }]),
    }
    const ask = createReadiness({ store: { settings: stuck, deliveries: due }, files: full, clock: systemClock })
    expect(await ask()).toMatchObject({
      status: 'not_ready',
      checks: {
        storage: { ok: false, problem: 'Nothing can be stored: disk full' },
        backlog: { ok: false, problem: 'Deliveries have been due for 10 min and were not begun.' },
        disk: { ok: false, problem: 'The disk has 10 MiB left: free some, or set a retention.' },
      },
    })
  })
})
