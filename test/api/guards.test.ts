import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiRig, startApiRig, TEST_TOKEN } from '#test/support/api-rig.ts'
import { rawExchange } from '#test/support/raw-socket.ts'

describe('the guards of the UI and API port', () => {
  let rig: ApiRig
  beforeAll(async () => {
    rig = await startApiRig({ allowedHosts: ['relay.example', 'proxy.example:8443'] })
  })
  afterAll(() => rig.stop())

  /** A call with exactly these header lines. */
  function send(lines: string[], target = '/api/v1/projects', method = 'GET') {
    const head = [`${method} ${target} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n')
    return rawExchange(rig.port, head)
  }
  const auth = `Authorization: Bearer ${TEST_TOKEN}`
  const host = () => `Host: 127.0.0.1:${rig.port}`

  it('SE19 answers to its own names only', async () => {
    const own = ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]', 'relay.example'].map((name) => `${name}:${rig.port}`)
    for (const name of [...own, 'relay.example', 'proxy.example:8443']) {
      expect((await send([`Host: ${name}`, auth])).status, name).toBe(200)
    }
    const foreign = [
      'evil.example',
      `evil.example:${rig.port}`,
      '127.0.0.1',
      `127.0.0.1:${rig.port + 1}`,
      `0.0.0.0:${rig.port}`,
      `127.0.0.1.evil.example:${rig.port}`,
      `evil.example@127.0.0.1:${rig.port}`,
      `127.0.0.1:${rig.port}, evil.example`,
      `localhost.:${rig.port}`,
      'proxy.example:8444',
      '',
    ]
    for (const name of foreign) expect((await send([`Host: ${name}`, auth])).status, name).toBe(421)
  })

  it('SE19 refuses a second Host, a missing one, and a target in absolute form', async () => {
    expect((await send([host(), 'Host: evil.example', auth])).status).toBe(421)
    expect((await send([host(), host(), auth])).status).toBe(421)
    expect((await send([auth])).status).toBe(400)
    expect((await rawExchange(rig.port, `GET /api/v1/projects HTTP/1.0\r\n${auth}\r\n\r\n`)).status).toBe(421)
    expect((await send([host(), auth], `http://127.0.0.1:${rig.port}/api/v1/projects`)).status).toBe(421)
    expect((await send([host(), auth], '*', 'OPTIONS')).status).toBe(421)
  })

  it('SE18 refuses what a page of another origin sends, static files too', async () => {
    const origins = [
      'https://evil.example',
      'null',
      'http://127.0.0.1:1',
      `https://127.0.0.1:${rig.port}`,
      `http://localhost:${rig.port}`,
    ]
    for (const origin of origins) {
      for (const target of ['/api/v1/projects', '/rpc/projects/list', '/healthz', '/']) {
        const answer = await send([host(), auth, `Origin: ${origin}`], target)
        expect(answer.status, `${origin} ${target}`).toBe(403)
      }
    }
    expect((await send([host(), auth, `Origin: http://127.0.0.1:${rig.port}`])).status).toBe(200)
    expect((await send([host(), auth, `Origin: http://127.0.0.1:${rig.port}`, 'Origin: null'])).status).toBe(403)
    const proxied = ['Host: relay.example', auth, 'Origin: https://relay.example']
    expect((await send(proxied)).status).toBe(200)
  })

  it('SE18 grants no origin anything, and answers no preflight', async () => {
    const preflight = [
      'Origin: https://evil.example',
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Private-Network: true',
    ]
    const answer = await send([host(), ...preflight], '/api/v1/events', 'OPTIONS')
    expect(answer.status).toBe(403)
    const own = await send([host(), auth, `Origin: http://127.0.0.1:${rig.port}`])
    for (const { headers } of [answer, own]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(headers.has('set-cookie')).toBe(false)
    }
  })

  it('SE18 takes no form posts and no text that holds JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const lines = [host(), auth, `Content-Type: ${type}`, 'Content-Length: 2', '', '{}']
      const head = `POST /api/v1/events HTTP/1.1\r\nConnection: close\r\n${lines.join('\r\n')}`
      expect((await rawExchange(rig.port, head)).status, type).toBe(415)
    }
  })

  it('SE21 refuses a missing, a wrong and a misplaced token alike', async () => {
    const missing = await send([host()])
    expect(missing.status).toBe(401)
    expect(missing.headers.get('www-authenticate')).toMatch(/^Bearer/)
    const wrong = [
      ['Authorization: Bearer nope'],
      [`Authorization: Basic ${Buffer.from(`:${TEST_TOKEN}`).toString('base64')}`],
      [`Authorization: Bearer ${TEST_TOKEN}x`],
      ['Authorization:'],
      ['Cookie: token=nope'],
    ]
    for (const lines of wrong) {
      const answer = await send([host(), ...lines])
      expect(answer.status).toBe(401)
      expect(answer.body).toBe(missing.body)
    }
    for (const target of ['/rpc/projects/list', '/api/v1/feed', '/api/v1/openapi.json']) {
      expect((await send([host()], target)).status, target).toBe(401)
    }
    expect((await send([host()], `/api/v1/projects?token=${TEST_TOKEN}`)).body).toBe(missing.body)
    expect((await send([host(), auth], `/api/v1/projects?access_token=${TEST_TOKEN}`)).status).toBe(401)
  })

  it('SE23 puts the safety headers on every answer', async () => {
    const answers = [
      await send([host(), auth]),
      await send([host()]),
      await send([host()], '/none'),
      await send(['Host: x']),
    ]
    for (const { headers } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; sandbox/)
    }
  })

  it('SEC-1 refuses a body over 32 MiB before it is sent, and cuts one that grows past it', async () => {
    const json = [host(), auth, 'Content-Type: application/json']
    const declared = await send([...json, 'Content-Length: 33554433', 'Expect: 100-continue'], '/api/v1/events', 'POST')
    expect(declared.status).toBe(413)

    const status = await new Promise((resolve, reject) => {
      const sent = request(
        {
          port: rig.port,
          path: '/api/v1/events',
          method: 'POST',
          headers: { authorization: `Bearer ${TEST_TOKEN}`, 'content-type': 'application/json' },
        },
        (response) => {
          response.resume()
          resolve(response.statusCode)
          sent.destroy()
        },
      )
      sent.on('error', reject)
      const piece = Buffer.alloc(1024 * 1024, 0x20)
      for (let count = 0; count < 33; count += 1) sent.write(piece)
    })
    expect(status).toBe(413)
  })

  it('takes a small body after 100-continue', async () => {
    const body = '{"type":"a","data":1}'
    const lines = [
      host(),
      auth,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Expect: 100-continue',
    ]
    const answer = await rawExchange(
      rig.port,
      `POST /api/v1/events HTTP/1.1\r\nConnection: close\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
    )
    expect(answer.text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /)
  })
})
