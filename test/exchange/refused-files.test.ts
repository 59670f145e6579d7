import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExchangeLine } from '#shared/model/exchange/exported-event.ts'
import { sendFile, startExchangeRig, type ExchangeRig } from './rig.ts'

const entry = (change: object = {}) => ({
  startedDateTime: '2026-11-20T10:00:00.000Z',
  request: { method: 'POST', url: 'http://x.example/', headers: [], ...change },
})
const har = (entries: unknown[], change: object = {}) => JSON.stringify({ log: { version: '1.2', ...change, entries } })

const HEAD: ExchangeLine = {
  kind: 'hookloop-events',
  version: 1,
  exportedAt: '2026-11-20T10:00:00.000Z',
  secrets: 'hidden',
}
const lines = (...all: object[]) => all.map((line) => `${JSON.stringify(line)}\n`).join('')
const whole = har([entry(), entry()])

const REFUSED: readonly (readonly [what: string, file: string | Uint8Array, reason: string])[] = [
  ['an empty JSON object', '{}', 'it has no log.version'],
  ['a HAR without entries', har([]), 'no entries'],
  ['a HAR of version 2.0', har([entry()], { version: '2.0' }), 'version 2.0'],
  ['a HAR whose version comes last', JSON.stringify({ log: { entries: [entry()], version: '9' } }), 'version 9'],
  ['half a HAR', whole.slice(0, -30), 'in the middle, after 1 whole entries'],
  ['a HAR with an end too much', `${whole}}`, 'no JSON'],
  ['a HAR with a broken entry', har([entry(), { request: { method: 'POST' } }]), 'log.entries.1.request.url'],
  ['a HAR with an entry without a whole URL', har([entry({ url: '/hooks' })]), 'Entry 1 has no URL'],
  ['a HAR with a method that is none', har([entry({ method: 'PO ST' })]), 'Event 1 cannot be kept: method'],
  [
    'base64 that is none',
    har([entry({ postData: { text: '%%%', _encoding: 'base64' } })]),
    'Entry 1 says that its body',
  ],
  ['70 levels', har([entry({ x: JSON.parse('['.repeat(70) + ']'.repeat(70)) })]), 'Entry 1 is nested deeper than 64'],
  ['a million levels', `{"log":${'['.repeat(1_000_000)}`, 'nested deeper than 64'],
  ['a list', '[1]', 'neither a HAR nor JSON Lines'],
  ['text', 'hello', 'neither a HAR nor JSON Lines'],
  ['gzip', gzipSync(whole), 'packed by gzip'],
  ['a zip archive', Uint8Array.from([0x50, 0x4b, 3, 4, 1]), 'a zip archive'],
  ['UTF-16', Buffer.from(`\ufeff${whole}`, 'utf16le'), 'in UTF-16'],
  ['UTF-16 without its mark', Buffer.from(whole, 'utf16le'), 'in UTF-16'],
  [
    'latin1',
    Buffer.from(har([entry({ url: 'http://x.example/\u00e9' })]), 'latin1'),
    'not UTF-8: what stands at about byte',
  ],
  ['lines of version 2', lines({ ...HEAD, version: 2 }), 'has version 2'],
  ['lines without an end', lines(HEAD), 'ends after line 1, without its end'],
  ['lines of which some are missing', lines(HEAD, { kind: 'end', events: 3 }), 'tells of 3 events, and 0 are there'],
  ['a line that is cut off', `${lines(HEAD)}{"kind":"event","id"`, 'Line 2 is no JSON, or is cut off'],
  ['a line of another kind', lines(HEAD, { kind: 'other' }), 'Line 2 is none of a file of events'],
  ['lines after the end', lines(HEAD, { kind: 'end', events: 0 }, HEAD), 'Line 3 comes after the end'],
]

let rig: ExchangeRig

describe('SE25 nothing is kept of a file that is not right, and the reason names the place', () => {
  let cleanup = async () => {}
  beforeAll(async () => {
    rig = await startExchangeRig((task) => (cleanup = task))
  })
  afterAll(() => cleanup())

  it.for(REFUSED)('SE25 %s', async ([, file, reason]) => {
    const run = await sendFile(rig, file)
    expect(run).toMatchObject({ state: 'refused', summary: null, stored: null })
    expect(run.reason).toContain(reason)
    expect(run.hint).toMatch(/\.$/)
  })
})
