import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import type { EventDetail } from '#shared/contract/events.ts'
import { curlCommand } from '../../src-renderer/features/inbox/curl-command.ts'

function event(change: Partial<EventDetail>): EventDetail {
  const given = {
    id: 'evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA',
    method: 'POST',
    path: '/in/inbox',
    query: null,
    headers: [],
    contentType: null,
    ...change,
  }
  return given as unknown as EventDetail
}

/** The words that a shell makes of a command. */
function shellWords(command: string): string[] {
  const script = command.replaceAll('curl ', 'printf "%s\\0" ')
  return execFileSync('sh', ['-c', script]).toString().split('\0').slice(0, -1)
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

it('keeps quotes, an @ and newlines of a body through a shell', () => {
  const body = `@it's "so"\n$HOME\\`
  const words = shellWords(curlCommand(event({ query: "a=1&b='x'" }), bytes(body), 'http://127.0.0.1:4781'))
  expect(words[words.indexOf('--data-raw') + 1]).toBe(body)
  expect(words).toContain("http://127.0.0.1:4781/in/inbox?a=1&b='x'")
})

it('sends the same headers, duplicates and empty ones too, and none that curl writes itself', () => {
  const headers: EventDetail['headers'] = [
    ['Host', 'x'],
    ['X-Twice', '1'],
    ['x-twice', '2'],
    ['X-Empty', ''],
    ['Content-Length', '2'],
  ]
  const words = shellWords(curlCommand(event({ headers, contentType: 'text/plain' }), bytes('{}'), 'http://h'))
  expect(words.filter((_, at) => words[at - 1] === '-H')).toEqual(['X-Twice: 1', 'x-twice: 2', 'X-Empty;'])
})

it('does not let curl name a content type that was not there', () => {
  expect(curlCommand(event({}), bytes('{}'), 'http://h')).toContain("-H 'Content-Type:'")
})

it('carries bytes that are no text as base64', () => {
  expect(curlCommand(event({}), Uint8Array.from([0, 255]), 'http://h')).toMatch(
    /^printf %s 'AP8=' \| base64 -d \| curl/,
  )
})
