import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventDetail } from '#shared/contract/events.ts'
import { cmdCommand } from '../../src-renderer/features/inbox/copy-as/cmd-command.ts'
import {
  type CommandRequest,
  commandRequest,
  curlWords,
  secretsOf,
} from '../../src-renderer/features/inbox/copy-as/command-request.ts'
import { powershellCommand } from '../../src-renderer/features/inbox/copy-as/powershell-command.ts'
import { shCommand } from '../../src-renderer/features/inbox/copy-as/sh-command.ts'

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

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const OPTIONS = { captureOrigin: 'http://127.0.0.1:4781', withSecrets: true }
const request = (change: Partial<EventDetail>, body: Uint8Array = bytes('')) =>
  commandRequest(event(change), body, OPTIONS)

/** What a real shell runs: the words of each program call, and what is piped into it. */
function shellRuns(command: string): string[][] {
  const script = `curl() { printf '%s\\0' "$@"; printf 'END\\0'; }\n${command}`
  const words = execFileSync('sh', ['-c', script]).toString().split('\0').slice(0, -1)
  const runs: string[][] = [[]]
  for (const word of words) {
    if (word === 'END') runs.push([])
    else runs.at(-1)!.push(word)
  }
  return runs.slice(0, -1)
}

const shellWords = (sent: CommandRequest) => shellRuns(shCommand(sent).text)[0]!
const optionsOf = (words: readonly string[]) => words.filter((_, at) => words[at - 1] === '-H')

const ACTED_ON = `'"\`$()%!^&|<>;\\ -@#~*?{}[]=,\u2018\u2019a1`.split('')

/** Text in which every character that some shell acts on comes often. */
const hostile = fc
  .array(fc.constantFrom(...ACTED_ON, '%PATH%', '$(id)', '`id`', ' & ', '\\"'))
  .map((parts) => parts.join(''))
const sentOf = (body: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom('POST', 'PUT', 'DELETE'), hostile, hostile, body).map(([method, path, header, text]) =>
    request(
      {
        method,
        path: `/in/${path.replaceAll(/[?#\u2018\u2019]/g, '')}`,
        headers: [['X-Any', header.replaceAll(/[\u2018\u2019]/g, '')]],
      },
      bytes(text),
    ),
  )

describe('SE27 a command for sh', () => {
  it('SE27 keeps quotes, an @ and newlines of a body through a shell', () => {
    const body = `@it's "so"\n$HOME\\`
    const words = shellWords(request({ query: "a=1&b='x'" }, bytes(body)))
    expect(words[words.indexOf('--data-raw') + 1]).toBe(body)
    expect(words).toContain("http://127.0.0.1:4781/in/inbox?a=1&b='x'")
  })

  it('SE27 runs exactly one request with just these words, whatever stands in it', () => {
    fc.assert(
      fc.property(sentOf(hostile), (sent) => {
        const runs = shellRuns(shCommand(sent).text)
        const text = new TextDecoder().decode(sent.body)
        expect(runs).toEqual([[...curlWords(sent).flat(), ...(text === '' ? [] : ['--data-raw', text])]])
      }),
      { numRuns: 60 },
    )
  })

  it('sends the same headers, duplicates and empty ones too, and none that curl writes itself', () => {
    const headers: EventDetail['headers'] = [
      ['Host', 'x'],
      ['X-Twice', '1'],
      ['x-twice', '2'],
      ['X-Empty', ''],
      ['X-Tab', 'a\tb'],
      ['Content-Length', '2'],
    ]
    const words = shellWords(request({ headers, contentType: 'text/plain' }, bytes('{}')))
    expect(optionsOf(words)).toEqual(['X-Twice: 1', 'x-twice: 2', 'X-Empty;', 'X-Tab: a b'])
  })

  it('SE27 lets curl neither name a content type, nor read braces of a URL, nor shorten its path, nor wait for a body', () => {
    const words = shellWords(request({ path: '/in/{a,b}/../[1-9]' }, bytes('{}')))
    expect(optionsOf(words)).toContain('Content-Type:')
    expect(words.slice(0, 4)).toEqual(['-X', 'POST', '--globoff', '--path-as-is'])
    expect(shellWords(request({ method: 'HEAD' }))).toContain('--head')
  })

  it.for([
    ['NUL', [0, 255]],
    ['a carriage return', [97, 13, 98]],
    ['an escape', [27, 91, 65]],
    ['bytes that are no text', [0xc3, 0x28]],
  ] as const)('SE27 carries %s as base64', ([, values]) => {
    const { text } = shCommand(request({}, Uint8Array.from(values)))
    expect(text).toMatch(/^printf %s '?[A-Za-z0-9+/=]+'? \| base64 -d \| curl/)
    expect(Buffer.from(/printf %s '?([^ ']+)/.exec(text)![1]!, 'base64')).toEqual(Buffer.from(values))
  })

  it('reads a long body from a file', () => {
    const { text, readsFile } = shCommand(request({}, bytes('x'.repeat(70_000))))
    expect(readsFile).toBe(true)
    expect(text).toContain('--data-binary @evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA.bin')
  })
})

it('SE27 what lets somebody in is a placeholder in every command, until it is asked for', () => {
  const secret = event({
    query: 'token=t0p&x=1',
    headers: [
      ['Authorization', 'Bearer s3cret'],
      ['X-Hub-Signature-256', 'sha256=abc'],
    ],
  })
  expect(secretsOf(secret)).toBe(2)
  const hidden = commandRequest(secret, bytes('{}'), { ...OPTIONS, withSecrets: false })
  for (const write of [shCommand, powershellCommand, cmdCommand]) {
    const { text } = write(hidden)
    expect(text).not.toMatch(/s3cret|t0p/)
    expect(text).toContain('sha256=abc')
    expect(write(commandRequest(secret, bytes('{}'), OPTIONS)).text).toContain('s3cret')
  }
})

/** cmd.exe as its rules are documented: variables first, then carets and quotes, then what runs something else. */
function cmdReads(line: string): { commandLine: string; others: boolean } {
  const expanded = line.replaceAll(/%([^%\n]+)%/g, (whole, name: string) => (name.includes('^') ? whole : 'EXPANDED'))
  let commandLine = ''
  let isQuoted = false
  let others = false
  for (let at = 0; at < expanded.length; at++) {
    const character = expanded[at]!
    if (character === '^' && !isQuoted) commandLine += expanded[++at] ?? ''
    else {
      if (character === '"') isQuoted = !isQuoted
      else if (/[&|<>()\n]/.test(character) && !isQuoted) others = true
      commandLine += character
    }
  }
  return { commandLine, others }
}

/** Words of a command line by the rules of Microsoft's C runtime. */
function argvOf(commandLine: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let isQuoted = false
  for (let at = 0; at < commandLine.length; at++) {
    const slashes = /^\\*/.exec(commandLine.slice(at))![0].length
    if (slashes > 0) {
      const beforeQuote = commandLine[at + slashes] === '"'
      word = (word ?? '') + '\\'.repeat(beforeQuote ? Math.floor(slashes / 2) : slashes)
      at += slashes - 1
      if (beforeQuote && slashes % 2 === 1) {
        word += '"'
        at += 1
      }
      continue
    }
    const character = commandLine[at]!
    if (character === '"') {
      isQuoted = !isQuoted
      word ??= ''
    } else if (/[ \t]/.test(character) && !isQuoted) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + character
  }
  return word === null ? words : [...words, word]
}

describe('SE27 a command for cmd, by a model of its documented rules', () => {
  it('SE27 runs exactly one curl with just these words, whatever stands in it', () => {
    fc.assert(
      fc.property(sentOf(hostile), (sent) => {
        const { text, readsFile } = cmdCommand(sent)
        const { commandLine, others } = cmdReads(text)
        const body = new TextDecoder().decode(sent.body)
        const data = readsFile ? ['--data-binary', `@${sent.fileName}`] : body === '' ? [] : ['--data-raw', body]
        expect({ others, words: argvOf(commandLine) }).toEqual({
          others: false,
          words: ['curl.exe', ...curlWords(sent).flat(), ...data],
        })
      }),
    )
  })

  it.for(['two\nlines', 'é', '\u0000', 'x'.repeat(9_000)])('SE27 reads what no line can carry from a file', (body) => {
    const { text, readsFile } = cmdCommand(request({}, bytes(body)))
    expect(readsFile).toBe(true)
    expect(text).toMatch(/^[\u0020-\u007e]*$/)
  })
})

const POWERSHELL_QUOTES = /['\u2018\u2019\u201a\u201b]/

/** A script of PowerShell without its literals, and what those stand for: in single quotes two of them are one. */
function powershellReads(script: string): { rest: string; literals: string[] } {
  const literals: string[] = []
  let rest = ''
  for (let at = 0; at < script.length; at++) {
    if (!POWERSHELL_QUOTES.test(script[at]!)) {
      rest += script[at]
      continue
    }
    let literal = ''
    for (at += 1; at < script.length; at++) {
      if (!POWERSHELL_QUOTES.test(script[at]!)) literal += script[at]
      else if (POWERSHELL_QUOTES.test(script[at + 1] ?? '')) literal += script[at++]
      else break
    }
    literals.push(literal)
    rest += 'LITERAL'
  }
  return { rest, literals }
}

describe('SE27 a command for PowerShell, by a model of its documented rules', () => {
  it('SE27 holds what was sent in literals alone, so that it sends exactly one request', () => {
    fc.assert(
      fc.property(sentOf(fc.oneof(hostile, fc.string({ unit: 'binary' }))), (sent) => {
        const { rest, literals } = powershellReads(powershellCommand(sent).text)
        const isContent = sent.body.length > 0
        const [method, url, ...others] = literals
        expect([method, url]).toEqual([sent.method, sent.url])
        const body = isContent ? others.shift() : undefined
        expect(others).toEqual(sent.headers.flat())
        const encoded = rest.includes('FromBase64String')
        expect(Buffer.from(body ?? '', encoded ? 'base64' : 'utf8')).toEqual(Buffer.from(sent.body))
        const lines = rest.split('\n')
        expect(lines.filter((line) => line.includes('SendAsync'))).toHaveLength(1)
        expect([lines[0], lines.at(-1)]).toEqual(['& {', '}'])
        expect(rest).toMatch(/^[\w\s&{}$.=(),:[\]-]*$/)
      }),
    )
  })
})
