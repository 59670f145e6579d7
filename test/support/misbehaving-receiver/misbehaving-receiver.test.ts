import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { createUndiciTransport } from '#main/adapters/undici/transport.ts'
import { parseAnswer, rawExchange } from '#test/support/raw-socket.ts'
import type { Script } from './behaviour.ts'
import { parseScript } from './parse-script.ts'
import { readReceipts } from './receipts.ts'
import { spawnReceiver } from './receiver-process.ts'
import { startMisbehavingReceiver } from './receiver.ts'

const BODY = 'a=1'
const POST = [
  'POST /hook HTTP/1.1',
  'Host: here',
  `Content-Length: ${BODY.length}`,
  'Hookloop-Event: evt_1',
  'Hookloop-Delivery: dlv_1',
  'Hookloop-Attempt: 2',
]
const post = (...more: string[]) => `${[...POST, ...more].join('\r\n')}\r\n\r\n${BODY}`

async function receiver(script: Script, ledger?: string) {
  const started = await startMisbehavingReceiver({ script, ...(ledger !== undefined && { ledger }) })
  onTestFinished(() => started.close())
  return started
}

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hookloop-receiver-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** What the engine's own transport makes of it. */
async function sendTo(url: string, limits: { timeoutMs?: number; body?: Uint8Array } = {}) {
  const transport = createUndiciTransport({ clock: systemClock })
  const { timeoutMs = 5_000, body = Buffer.from(BODY) } = limits
  const asked = { method: 'POST', url, headers: [], body, timeoutMs, responseLimitBytes: 65_536 }
  const result = await transport.send(asked, new AbortController().signal)
  await transport.close()
  return { status: result.response?.status ?? null, failure: result.failure?.code ?? null, result }
}

describe('The misbehaving receiver', () => {
  it('writes down each request before it answers, and answers in the order of its script', async () => {
    const ledger = join(scratch(), 'ledger')
    const { port } = await receiver(parseScript('500*2,204'), ledger)
    const statuses = []
    for (let sent = 0; sent < 4; sent++) statuses.push((await sendTo(`http://127.0.0.1:${port}`)).status)
    expect(statuses).toEqual([500, 500, 204, 204])
    expect(readReceipts(ledger).map(({ status, whole, bodyBytes }) => [status, whole, bodyBytes])).toEqual(
      [500, 500, 204, 204].map((status) => [status, true, BODY.length]),
    )
  })

  it('keeps the ids and the hash of what came', async () => {
    const { port, receipts, waitFor } = await receiver([{ do: 'not-http', bytes: 'SSH-2.0\r\n' }])
    expect((await rawExchange(port, post())).text).toBe('SSH-2.0\r\n')
    await waitFor(1)
    expect(receipts).toMatchObject([{ eventId: 'evt_1', deliveryId: 'dlv_1', attempt: 2, status: null, whole: true }])
    expect(receipts[0]!.bodySha256).toBe(createHash('sha256').update(BODY).digest('hex'))
  })

  it.each([
    ['reset', null, 'connection_reset'],
    ['cut', 200, 'answer_cut'],
    ['silence', null, 'timed_out'],
    ['trickle', null, 'timed_out'],
    // The head has to come within the time.
    ['drip', 200, 'timed_out', 3_000],
    ['flood', null, 'invalid_answer'],
    ['hints', 200, null],
    ['ssh', null, 'invalid_answer'],
    ['204body', 204, null],
    ['redirect', 302, null],
    ['huge', 200, null],
    ['gzip', 200, null],
  ])(
    'does %s as a sender sees it',
    async (word, status, failure, timeoutMs = failure === 'timed_out' ? 300 : 5_000) => {
      const { url } = await receiver(parseScript(word))
      expect(await sendTo(url, { timeoutMs })).toMatchObject({ status, failure })
    },
  )

  it('compresses a bomb that unpacks to its size', async () => {
    const { port } = await receiver([{ do: 'gzip', sizeBytes: 1_048_576 }, { do: 'reset' }])
    const { text } = await rawExchange(port, post() + post())
    expect(gunzipSync(Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1'))).toHaveLength(1_048_576)
  })

  it('answers before the body is there, and stops reading where told', async () => {
    const early = await receiver([{ do: 'early', status: 413 }])
    expect((await rawExchange(early.port, post())).status).toBe(413)
    const stalled = await receiver([{ do: 'stall', afterBytes: 65_536 }])
    const sent = await sendTo(stalled.url, { timeoutMs: 3_000, body: Buffer.alloc(16 * 1_048_576) })
    expect(sent.failure).toBe('timed_out')
    expect(stalled.receipts[0]).toMatchObject({ whole: false, did: 'stall' })
  })

  it('resets a kept connection when it is used again', async () => {
    const { port } = await receiver([{ do: 'stale' }])
    const answer = parseAnswer((await rawExchange(port, post() + post())).text)
    expect(answer.status).toBe(200)
  })

  it('reads chunked bodies', async () => {
    const { url, receipts } = await receiver(parseScript('200'))
    await new Promise<void>((resolve, reject) => {
      const sending = request(url, { method: 'POST' }, (response) => response.resume().once('end', resolve))
      sending.once('error', reject)
      sending.write('one,')
      sending.end('two')
    })
    expect(receipts).toMatchObject([{ bodyBytes: 7, whole: true }])
  })

  it('runs as a process of its own', async () => {
    const ledger = join(scratch(), 'ledger')
    const child = await spawnReceiver({ script: '503', ledger })
    expect((await sendTo(child.url)).status).toBe(503)
    await child.stop()
    expect(readReceipts(ledger)).toMatchObject([{ status: 503, did: 'answer' }])
  })

  it('names the word that a script does not know', () => {
    expect(() => parseScript('200,explode')).toThrow('explode')
    expect(parseScript('200@1500')).toEqual([{ do: 'answer', status: 200, delayMs: 1_500 }])
  })
})
