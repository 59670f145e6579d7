import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#shared/model/app-error.ts'
import { answerAfter, stepAfter } from '#shared/model/answer-script.ts'
import { DEFAULT_ANSWER, MAX_SCRIPT_STEPS } from '#shared/model/source.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import type { SourceChange } from '#main/engine/engine.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { rawExchange } from '#test/support/raw-socket.ts'
import { type CaptureRig, eagerClock, startCaptureRig } from './capture-rig.ts'

const answers = (...statuses: number[]) => statuses.map((status) => ({ ...DEFAULT_ANSWER, status }))

describe('a script of answers', () => {
  it('CAP-3 gives its answers in turn, and then its last one on and on', () => {
    const script = { script: answers(500, 500, 200), atEnd: 'stay' as const }
    const statuses = [0, 1, 2, 3, 4, 1_000_000].map((given) => answerAfter(script, given).status)
    expect(statuses).toEqual([500, 500, 200, 200, 200, 200])
  })

  it('CAP-3 begins again after its last answer where it is to repeat', () => {
    const script = { script: answers(500, 200), atEnd: 'repeat' as const }
    expect([0, 1, 2, 3].map((given) => answerAfter(script, given).status)).toEqual([500, 200, 500, 200])
    expect(stepAfter(script, 3)).toBe(1)
  })

  it('CAP-3 of one answer alone is that answer each time', () => {
    expect(answerAfter({ ...DEFAULT_ANSWER, status: 418 }, 7).status).toBe(418)
  })
})

describe('a source that answers by a script', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig({ clock: eagerClock })
  })
  afterEach(() => rig.stop())

  const source = () => rig.engine.capture.sourceOf('flaky')!
  const send = async (body = 'x') => (await fetch(`${rig.url}/flaky`, { method: 'POST', body })).status
  const change = (answer: SourceChange['answer']) => rig.engine.sources.update(source(), { answer })
  async function sendAll(count: number) {
    const statuses: number[] = []
    for (let sent = 0; sent < count; sent++) statuses.push(await send())
    return statuses
  }

  it('CAP-3 lets a sender retry until it succeeds', async () => {
    await rig.source('flaky', { answer: { script: ['500', 503, { status: 202, body: 'at last', delayMs: 50 }] } })
    expect(await sendAll(4)).toEqual([500, 503, 202, 202])
    expect(await rig.captured()).toHaveLength(4)
  })

  it('CAP-3 gives each step its own headers, body and delay', async () => {
    const headers: [string, string][] = [['Retry-After', '7']]
    await rig.source('flaky', { answer: { script: [{ status: 429, headers, body: 'slow down' }, '200'] } })
    const first = await fetch(`${rig.url}/flaky`, { method: 'POST' })
    expect([first.status, first.headers.get('retry-after'), await first.text()]).toEqual([429, '7', 'slow down'])
    const second = await fetch(`${rig.url}/flaky`, { method: 'POST' })
    expect([second.status, second.headers.get('retry-after')]).toEqual([200, null])
  })

  it('CAP-3 counts whole requests alone: what was refused or broke off is no step', async () => {
    await rig.source('flaky', { answer: { script: ['500', '200'] }, bodyLimitBytes: 10 })
    expect(await send('longer than ten bytes')).toBe(413)
    await rawExchange(rig.port, 'POST /in/flaky HTTP/1.1\r\nContent-Length: 1\r\n\r\nx')
    expect(rig.engine.sources.scriptStanding(source())).toEqual({ given: 0, next: 0 })
    expect(await sendAll(2)).toEqual([500, 200])
  })

  it('CAP-3 gives each of many requests at once a step of its own', async () => {
    await rig.source('flaky', { answer: { script: ['500', '501', '502', '503'], atEnd: 'repeat' } })
    const statuses = await Promise.all(Array.from({ length: 40 }, () => send()))
    expect(statuses.toSorted()).toEqual([500, 501, 502, 503].flatMap((status) => Array<number>(10).fill(status)))
  })

  it('CAP-3 shows where it stands, and begins again when a person says so or changes it', async () => {
    await rig.source('flaky', { answer: { script: ['500', '500', '200'] } })
    await sendAll(2)
    expect(rig.engine.sources.scriptStanding(source())).toEqual({ given: 2, next: 2 })
    await rig.engine.sources.resetScript(source())
    expect(rig.engine.sources.scriptStanding(source())).toEqual({ given: 0, next: 0 })
    expect(await send()).toBe(500)
    await rig.engine.sources.update(source(), { name: 'Renamed' })
    expect(rig.engine.sources.scriptStanding(source())).toEqual({ given: 1, next: 1 })
    await change({ script: ['404', '200'] })
    expect(await sendAll(2)).toEqual([404, 200])
    await change({ status: 204 })
    expect(rig.engine.sources.scriptStanding(source())).toBeNull()
    expect(await send()).toBe(204)
  })

  it('CAP-3 lets each message of a known sender walk the script by itself, as its retries come', async () => {
    await rig.source('flaky', { provider: 'github', answer: { script: ['500', '503', '200'] } })
    const deliver = async (id: string) => {
      const headers = { 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': id }
      return (await fetch(`${rig.url}/flaky`, { method: 'POST', headers, body: '{}' })).status
    }
    const ids = ['one', 'two', 'one', 'one', 'two', 'two']
    const statuses: number[] = []
    for (const id of ids) statuses.push(await deliver(id))
    expect(statuses).toEqual([500, 500, 503, 200, 503, 200])
    expect(rig.engine.sources.scriptStanding(source())).toEqual({ given: 6, next: null })
    expect([await send(), await send()]).toEqual([500, 503])
  })

  it('CAP-3 goes on with the script where repeats are dropped', async () => {
    await rig.source('flaky', { provider: 'github', duplicates: 'drop', answer: { script: ['500', '200'] } })
    const headers = { 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': 'one' }
    const deliver = async () => (await fetch(`${rig.url}/flaky`, { method: 'POST', headers, body: '{}' })).status
    expect([await deliver(), await deliver()]).toEqual([500, 200])
    expect(await rig.captured()).toHaveLength(1)
  })

  it('CAP-3 lets a forged request take no step of the message that it names', async () => {
    const secrets = ['right-secret']
    await rig.source('flaky', { provider: 'github', secrets, answer: { script: ['500', '200'] } })
    const deliver = async (secret: string) => {
      const signature = `sha256=${createHmac('sha256', secret).update('{}').digest('hex')}`
      const headers = { 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': 'one', 'X-Hub-Signature-256': signature }
      return (await fetch(`${rig.url}/flaky`, { method: 'POST', headers, body: '{}' })).status
    }
    expect([await deliver('forged'), await deliver('right-secret'), await deliver('forged')]).toEqual([500, 500, 200])
  })

  it('CAP-3 changes what comes at its end without its steps', async () => {
    await rig.source('flaky', { answer: { script: ['500', '200'] } })
    expect(await change({ atEnd: 'repeat' })).toMatchObject({ answer: { script: answers(500, 200), atEnd: 'repeat' } })
    expect(await sendAll(3)).toEqual([500, 200, 500])
  })

  it.each([
    [{ script: ['500', 'nope'] }, 'answer.script.1', /status from 200 to 599/],
    [{ script: [99] }, 'answer.script.0', /status from 200 to 599/],
    [{ script: ['1e2'] }, 'answer.script.0', /status from 200 to 599/],
    [{ script: ['200'], status: 500 }, 'answer.script', /Leave out/],
    [{ atEnd: 'stay' as const }, 'answer.atEnd', /Give `script`/],
    [{ script: [{ headers: [['Set-Cookie', 'a=b']] as [string, string][] }] }, 'answer.script.0.headers.0.0', /Remove/],
  ])('CAP-3 refuses %j, naming the field and the fix', async (answer, field, hint) => {
    await rig.source('flaky')
    const error = await change(answer).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'invalid_request', field, hint: expect.stringMatching(hint) })
    expect(source().answer).toEqual(DEFAULT_ANSWER)
  })

  it('CP22 keeps no sender longer than its longest delay, whatever the script', async () => {
    const waits: number[] = []
    const patient = await startCaptureRig({
      engine: rig.engine,
      clock: { ...eagerClock, after: (ms, task) => (waits.push(ms), eagerClock.after(ms, task)) },
    })
    const longest = { status: 500, delayMs: 60_000, body: 'x'.repeat(65_536) }
    await rig.source('flaky', { answer: { script: Array.from({ length: MAX_SCRIPT_STEPS }, () => longest) } })
    const answer = await fetch(`${patient.url}/flaky`, { method: 'POST' })
    expect((await answer.text()).length).toBe(65_536)
    await patient.stop()
    expect(Math.max(...waits)).toBe(60_000)
  })
})

describe('a script of answers on disk', () => {
  it('CAP-3 goes on where it stood when Hookloop is started again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hookloop-script-'))
    const start = () =>
      startCaptureRig({
        parts: { store: openSqliteStore({ path: join(folder, 'hookloop.db'), log: createFakeLog() }) },
      })
    const send = async (rig: CaptureRig) => (await fetch(`${rig.url}/flaky`, { method: 'POST' })).status
    try {
      const before = await start()
      await before.source('flaky', { answer: { script: ['500', '503', '200'] } })
      expect([await send(before), await send(before)]).toEqual([500, 503])
      await before.stop()
      const after = await start()
      const source = after.engine.capture.sourceOf('flaky')!
      expect(after.engine.sources.scriptStanding(source)).toEqual({ given: 2, next: 2 })
      expect(await send(after)).toBe(200)
      await after.stop()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
