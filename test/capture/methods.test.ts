import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSocket, rawExchange, readToEnd } from '#test/support/raw-socket.ts'
import { type CaptureRig, startCaptureRig } from './capture-rig.ts'

describe('methods on the capture port', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig()
  })
  afterEach(() => rig.stop())

  const send = (method: string, more = '') =>
    rawExchange(rig.port, `${method} /in/inbox HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${more}\r\n`)

  it('CP19 stores TRACE and echoes nothing of it', async () => {
    const answer = await send('TRACE', 'X-Canary: tweet\r\n')
    expect(answer.status).toBe(200)
    expect(answer.text).not.toMatch(/tweet|TRACE|message\/http/)
    expect(await rig.captured()).toMatchObject([{ method: 'TRACE', capture: 'complete' }])
  })

  it('CP19 never tunnels: CONNECT gets 405, and nothing reaches the other side', async () => {
    let reached = 0
    const elsewhere = createServer(() => (reached += 1))
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const { port } = elsewhere.address() as AddressInfo
    const socket = await openSocket(rig.port)
    const ended = readToEnd(socket)
    socket.write(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\nGET / HTTP/1.1\r\n\r\n`)
    expect(await ended).toMatch(/^HTTP\/1\.1 405 /)
    elsewhere.close()
    expect(reached).toBe(0)
    expect(await rig.captured()).toMatchObject([{ method: 'CONNECT', capture: 'malformed' }])
  })

  it('CP19 captures a preflight as what it is, and gives no page permission on a capture address', async () => {
    const answer = await send('OPTIONS', 'Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n')
    expect(answer.status).toBe(200)
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(await rig.captured()).toMatchObject([{ method: 'OPTIONS', capture: 'complete' }])
  })

  it('CP19 answers HEAD with the head alone', async () => {
    await rig.source('page', { answer: { body: 'hello' } })
    const answer = await rawExchange(rig.port, 'HEAD /in/page HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')
    expect([answer.status, answer.headers.get('content-length'), answer.body]).toEqual([200, '5', ''])
    expect(await rig.captured()).toMatchObject([{ method: 'HEAD' }])
  })

  it('CP19 captures every method that HTTP parsers know, and keeps others as malformed', async () => {
    for (const method of ['PROPFIND', 'M-SEARCH', 'PURGE', 'QUERY']) expect((await send(method)).status).toBe(200)
    expect((await send('BREW')).status).toBe(400)
    expect((await rig.captured()).map(({ method, capture }) => `${method} ${capture}`)).toEqual([
      'PROPFIND complete',
      'M-SEARCH complete',
      'PURGE complete',
      'QUERY complete',
      'BREW malformed',
    ])
  })
})
