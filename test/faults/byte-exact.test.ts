import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startReceiver } from '#test/support/receiver.ts'
import { startRelay } from '#test/support/relay-process.ts'

const scratch = mkdtempSync(join(tmpdir(), 'hookloop-bytes-'))
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
  rmSync(`${scratch}.key`, { force: true })
})

/** Sends header lines in this order, with these names and duplicates. */
function post(url: string, headers: readonly string[], body: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      { method: 'PUT', headers: [...headers, 'Content-Length', String(body.length)] },
      (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      },
    )
    sending.on('error', reject)
    sending.end(body)
  })
}

describe('a relayed request', () => {
  it('CAP-8 DL32 DL33 carries 1 MiB of random bytes, duplicate headers and odd casing through a real relay unchanged', async () => {
    const receiver = await startReceiver({ script: [{ status: 200 }] })
    const relay = await startRelay(scratch, ['--port', '0', '--capture-port', '0'])
    const endpoint = { name: 'exact', url: `${receiver.url}/base`, eventTypes: ['*'], forwardPath: true }
    await relay.call('POST', '/endpoints', endpoint)

    const body = randomBytes(1_048_576)
    const sent: [string, string][] = [
      ['X-dup', 'first'],
      ['content-TYPE', 'application/x-custom'],
      ['x-DUP', 'second'],
      ['X-Empty', ''],
      ['X-Latin', 'caf\u00e9'],
      ['X-dup', 'first'],
    ]
    const { host } = new URL(relay.ready.capture)
    const status = await post(`${relay.ready.capture}/inbox/a//b%2Fc?q=1&q=%zz`, ['Host', host, ...sent.flat()], body)
    expect(status).toBe(200)

    const [received] = await receiver.waitFor(1)
    expect(received!.sha256).toBe(createHash('sha256').update(body).digest('hex'))
    expect(received!.method).toBe('PUT')
    expect(received!.target).toBe('/base/a//b%2Fc?q=1&q=%zz')
    const names = new Set(sent.map(([name]) => name.toLowerCase()))
    expect(received!.headers.filter(([name]) => names.has(name.toLowerCase()))).toEqual(sent)

    expect(await relay.stop()).toBe(0)
    await receiver.close()
  })
})
