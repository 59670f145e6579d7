import { describe, expect, it } from 'vitest'
import { Verdict } from '#shared/model/verdict.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { Random } from '#main/engine/ports.ts'
import { newSecret } from '#main/engine/signing/secret.ts'
import { type ReceivedMessage, verify } from '#main/engine/signing/verify.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'
import { pick, SCHEMES, signedRequest, someForm, someJson } from './signed-request.ts'

const NOW = 1_795_165_924_000
const URLS = [
  'https://hooks.example.com/in/shop?x=1&b=%C3%A9',
  'http://hooks.example.com:8080/in',
  'https://a.example/',
]
/** Thousands of verifications on a busy machine. */
const LONG_MS = 60_000
/** Signing with these costs a hundred times as much, so fewer messages are signed, and each is judged with its like. */
const SLOW = new Set(['rsa-sha256', 'ecdsa-p256', 'ed25519'])

describe.each(SCHEMES)('$name', ({ scheme }) => {
  const isJsonOnly = scheme.fields !== undefined

  function genuine(random: Random, secrets: readonly string[]): ReceivedMessage {
    const text = isJsonOnly || random.fraction() < 0.5 ? someJson(random) : someForm(random)
    const isBinary = !isJsonOnly && random.fraction() < 0.2
    const body = isBinary ? random.bytes(Math.floor(random.fraction() * 64)) : Buffer.from(text)
    return signedRequest(scheme, { body, secrets, nowMs: NOW, url: pick(random, URLS) })
  }

  it(
    'PRV-2 PRV-4 CAP-5 finds 1,000 genuine requests valid',
    () => {
      const random = createSeededRandom(11)
      const secret = newSecret(scheme, random)
      const messages = Array.from({ length: SLOW.has(scheme.algorithm) ? 100 : 1_000 }, () => genuine(random, [secret]))
      const verdicts = Array.from({ length: 1_000 }, (_, index) => verify(scheme, messages[index % messages.length]!))
      const others = verdicts.filter(({ verdict, reason }) => verdict !== 'valid' || reason !== null)
      expect(others).toEqual([])
    },
    LONG_MS,
  )

  it(
    'PRV-2 PRV-4 CAP-5 gives a verdict with its reason of the closed set to 10,000 mangled requests and never throws',
    () => {
      const random = createSeededRandom(12)
      const secrets = [newSecret(scheme, random), newSecret(scheme, random)]
      const seeds = Array.from({ length: 20 }, () => genuine(random, secrets.slice(0, 1)))
      const outcomes = new Map<Verdict['reason'], Verdict>()
      for (let round = 0; round < 10_000; round += 1) {
        const outcome = verify(scheme, mangledOften(random, pick(random, seeds), secrets))
        const isPlain = outcome.verdict === 'valid' && outcome.reason === null
        if (!isPlain && outcome.reason === null) throw new Error(`No reason for ${outcome.verdict}`)
        outcomes.set(outcome.reason, outcome)
      }
      expect([...outcomes.values()].map((outcome) => Verdict.parse(outcome))).toEqual([...outcomes.values()])
      expect([...outcomes.keys()]).toEqual(
        expect.arrayContaining(['signature_mismatch', 'no_secret', 'missing_header', null]),
      )
    },
    LONG_MS,
  )
})

/** Changes up to three things. */
function mangledOften(random: Random, message: ReceivedMessage, secrets: readonly string[]): ReceivedMessage {
  const times = pick(random, [1, 1, 2, 3])
  return Array.from({ length: times }).reduce<ReceivedMessage>((so) => mangle(random, so, secrets), message)
}

/** Changes one thing, or leaves the request as it is. */
function mangle(random: Random, message: ReceivedMessage, secrets: readonly string[]): ReceivedMessage {
  switch (Math.floor(random.fraction() * 9)) {
    case 0:
      return { ...message, secrets: pick(random, [[], [''], [secrets[1]!], [junk(random)], ['\0', secrets[0]!]]) }
    case 1:
      return { ...message, headers: mangledHeader(random, message.headers) }
    case 2:
      return { ...message, headers: message.headers.filter(() => random.fraction() < 0.5) }
    case 3:
      return { ...message, headers: [...message.headers, ...message.headers] }
    case 4:
      return { ...message, body: pick(random, [random.bytes(30), Buffer.from(junk(random)), new Uint8Array()]) }
    case 5:
      return { ...message, nowMs: pick(random, [0, 1e15, NOW - 9e5, NOW + 9e6, Number.NaN, -1]) }
    case 6:
      return {
        ...message,
        url: pick(random, ['', 'no url', 'http://', 'https://[::1', '//\0', message.url]),
        method: '',
      }
    case 7:
      return { ...message, body: flipped(random, message.body) }
    default:
      return message
  }
}

function mangledHeader(random: Random, headers: HeaderList): HeaderList {
  const at = Math.floor(random.fraction() * headers.length)
  return headers.map(([name, value], index): [string, string] => {
    if (index !== at) return [name, value]
    const cut = Math.floor(random.fraction() * value.length)
    return [
      name,
      pick(random, [junk(random), value.slice(0, cut), value.slice(cut), `${value},${value}`, `v9=${value}`, '']),
    ]
  })
}

function flipped(random: Random, body: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(body)
  const at = Math.floor(random.fraction() * copy.length)
  if (copy.length > 0) copy[at] = copy[at]! ^ 1
  return copy
}

const JUNK = [
  't=,v1=',
  'v1,',
  '=',
  ',,,;;',
  'sha256=',
  '{"signature":{"signature":"ff"}}',
  '\xff\xfe',
  't=1,v1=zz',
  '-----BEGIN',
]
const junk = (random: Random) => pick(random, JUNK) + Buffer.from(random.bytes(6)).toString('latin1')
