import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiRig, startApiRig, TEST_TOKEN } from '#test/support/api-rig.ts'
import { openSocket, rawExchange, readToEnd } from '#test/support/raw-socket.ts'

describe('GET /api/v1/feed', () => {
  let rig: ApiRig
  beforeEach(async () => {
    rig = await startApiRig()
  })
  afterEach(() => rig.stop())

  /** Follows the feed until `enough`, then leaves. */
  async function follow(headers: Record<string, string>, enough: (text: string) => boolean): Promise<string> {
    const leave = new AbortController()
    const response = await fetch(`${rig.origin}/api/v1/feed`, {
      headers: { authorization: `Bearer ${TEST_TOKEN}`, ...headers },
      signal: leave.signal,
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('cache-control')).toBe('no-store')
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      if (enough(text)) break
    }
    leave.abort()
    return text
  }

  it('is server-sent events with ids, and resumes by Last-Event-ID', async () => {
    const first = await follow({}, (text) => text.includes('"ready"'))
    const [, id] = /^id: (.+)$/m.exec(first) ?? []
    await rig.call('POST', '/events', { type: 'missed', data: 1 })
    const resumed = await follow({ 'last-event-id': id! }, (text) => text.includes('"missed"'))
    expect(resumed).toMatch(/^event: message\nid: .+\ndata: \{"type":"event.captured","event":\{"id":"evt_/m)
  })

  it('answers an unknown project with 404 instead of a stream', async () => {
    const response = await rig.call('GET', '/feed?project=nope')
    expect(response.status).toBe(404)
  })

  it('ends with the server, which does not wait for its listeners', async () => {
    const socket = await openSocket(rig.port)
    const text = readToEnd(socket)
    socket.write(
      `GET /api/v1/feed HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\nAuthorization: Bearer ${TEST_TOKEN}\r\n\r\n`,
    )
    await new Promise((resolve) => socket.once('data', resolve))
    await rig.stop()
    expect(await text).toContain('200 OK')
    rig = await startApiRig()
  })

  it('SE21 refuses a stream without a token', async () => {
    const answer = await rawExchange(
      rig.port,
      `GET /api/v1/feed?token=${TEST_TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer.status).toBe(401)
  })
})
