import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rawExchange } from '#test/support/raw-socket.ts'
import { type CaptureRig, eagerClock, startCaptureRig } from './capture-rig.ts'

describe('what a sender is answered', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig()
  })
  afterEach(() => rig.stop())

  it('is a short JSON receipt with the id of the event', async () => {
    const response = await fetch(`${rig.url}/inbox`, { method: 'POST', body: 'x' })
    const [event] = await rig.captured()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('hookloop-event')).toBe(event!.id)
    expect(await response.json()).toEqual({ id: event!.id })
  })

  it('CAP-3 is what the source says: status, headers with duplicates, body', async () => {
    const headers: [string, string][] = [
      ['Content-Type', 'text/xml'],
      ['X-Two', 'a'],
      ['X-Two', 'b'],
    ]
    await rig.source('xml', { answer: { status: 418, headers, body: '<ok/>' } })
    const answer = await rawExchange(
      rig.port,
      'POST /in/xml HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    )
    expect(answer).toMatchObject({ status: 418, body: '<ok/>' })
    expect(answer.text).toContain('Content-Type: text/xml\r\nX-Two: a\r\nX-Two: b\r\n')
  })

  it('CAP-3 has no body where the status allows none', async () => {
    await rig.source('none', { answer: { status: 204, body: 'never sent' } })
    const answer = await rawExchange(
      rig.port,
      'POST /in/none HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    )
    expect(answer).toMatchObject({ status: 204, body: '' })
    expect(answer.headers.has('content-length')).toBe(false)
  })

  it('CAP-3 comes after the delay of the source', async () => {
    const waits: number[] = []
    const patient = await startCaptureRig({
      engine: rig.engine,
      clock: {
        ...eagerClock,
        after(delayMs, task) {
          waits.push(delayMs)
          return eagerClock.after(delayMs, task)
        },
      },
    })
    await rig.source('slow', { answer: { delayMs: 60_000 } })
    expect((await fetch(`${patient.url}/slow`, { method: 'POST' })).status).toBe(200)
    expect(waits).toContain(60_000)
    await patient.stop()
  })

  it('SE20 never sets cookies, nor lets a browser run anything', async () => {
    const headers: [string, string][] = [
      ['Set-Cookie', 'token=evil'],
      ['Service-Worker-Allowed', '/'],
      ['Content-Security-Policy', 'script-src *'],
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', '1'],
      ['Connection', 'keep-alive'],
      ['X-Fine', 'yes'],
    ]
    const inbox = rig.engine.capture.sourceOf('inbox')!
    const evil = { ...inbox, answer: { ...inbox.answer, headers, body: '<script>alert(1)</script>' } }
    const careless = await startCaptureRig({ engine: { capture: { ...rig.engine.capture, sourceOf: () => evil } } })
    const answer = await rawExchange(careless.port, 'GET /in/evil HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')
    await careless.stop()
    expect(answer.body).toBe('<script>alert(1)</script>')
    expect(answer.headers.get('x-fine')).toBe('yes')
    expect(answer.headers.get('connection')).toBe('close')
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    for (const name of ['set-cookie', 'service-worker-allowed', 'transfer-encoding']) {
      expect(answer.headers.has(name), name).toBe(false)
    }
  })
})
