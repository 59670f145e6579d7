import type { HeaderList } from '#shared/model/header.ts'
import type { Provider } from '#main/engine/catalog/provider.ts'
import { newSecret } from '#main/engine/signing/secret.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import { verify } from '#main/engine/signing/verify.ts'
import { planFor } from '#main/engine/snippets/plan.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'
import { otherSenderCertificate, testSender } from '#test/support/test-certificates.ts'
import { verifyingKey } from '../sdks/arrived.ts'
import { signedRequest } from '../signed-request.ts'

/** A call of a snippet, as JSON: what it is given, and what it must answer. */
export interface SnippetCase {
  name: string
  /** The URL that the sender called. */
  url: string
  expected: boolean
  bodyBase64: string
  headers: HeaderList
  keys: readonly string[]
  /** Method, URL, webhook id: what the snippet takes beside body, headers and keys. */
  extras: readonly string[]
}

const URL = 'https://hooks.example.com/in/shop?x=1'
const WEBHOOK_ID = 'WH-1'
const MARGIN_MS = 60_000

/** Genuine and other requests for a provider's snippet, signed now. */
export function casesFor(provider: Provider): SnippetCase[] {
  const scheme = provider.signing!
  const random = createSeededRandom(51)
  const isRsa = scheme.algorithm === 'rsa-sha256'
  const [secret, other] = isRsa
    ? [`${WEBHOOK_ID}:${testSender.key}`, newSecret(scheme, random)]
    : [newSecret(scheme, random), newSecret(scheme, random)]
  const key = isRsa ? testSender.cert : verifyingKey(scheme, secret)
  const otherKey = isRsa ? otherSenderCertificate : verifyingKey(scheme, other)
  const values = { method: 'POST', url: URL, webhookId: WEBHOOK_ID }
  const extras = planFor(provider)!.extras.map((extra) => values[extra])

  function request(skewMs = 0, body: Uint8Array = bodyOf(scheme, Date.now() + skewMs)) {
    return signedRequest(scheme, { body, secrets: [secret], nowMs: Date.now() + skewMs, url: URL })
  }
  function call(
    name: string,
    expected: boolean,
    { headers, body }: ReturnType<typeof request>,
    keys = [key],
  ): SnippetCase {
    return { name, expected, url: URL, bodyBase64: Buffer.from(body).toString('base64'), headers, keys, extras }
  }

  // Ahead of the clock where that is free: the shortest tolerance passes quickly on a busy machine.
  const aheadMs = scheme.tolerance?.futureMs === null ? MARGIN_MS : 0
  const genuine = request(aheadMs)
  const isBodySigned = scheme.algorithm !== 'token'
  return [
    call('genuine', true, genuine),
    call('signed by the older of two keys', true, genuine, [otherKey, key]),
    ...(scheme.timestampField ? [] : [call('a body that is no text', true, request(aheadMs, random.bytes(40)))]),
    call('another body', !isBodySigned, { ...genuine, body: Buffer.from('{"total":"50,00 €"}') }),
    call('another key', false, genuine, [otherKey]),
    call('no headers', false, { ...genuine, headers: [] }),
    call('headers without sense', false, {
      ...genuine,
      headers: genuine.headers.map(([name]) => [name, 't=é, v1=,;x']),
    }),
    call('another signature', false, { ...genuine, headers: withOtherSignature(genuine.headers) }),
    ...timed(scheme, (skewMs) => call(`signed ${skewMs} ms from now`, isTimely(scheme, skewMs), request(skewMs))),
  ]
}

function bodyOf(scheme: SigningScheme, nowMs: number): Uint8Array {
  const fields = { total: '49,00 €', ...(scheme.timestampField && { [scheme.timestampField]: nowMs }) }
  return Buffer.from(JSON.stringify(fields))
}

/** One case a minute beyond each end of the tolerance. */
function timed(scheme: SigningScheme, make: (skewMs: number) => SnippetCase): SnippetCase[] {
  const { pastMs, futureMs } = scheme.tolerance ?? {}
  return [
    ...(pastMs == null ? [] : [make(-(pastMs + MARGIN_MS))]),
    ...(scheme.tolerance ? [make((futureMs ?? 3_600_000) + MARGIN_MS)] : []),
  ]
}

const isTimely = ({ tolerance }: SigningScheme, skewMs: number) =>
  skewMs < 0 ? tolerance?.pastMs == null : tolerance?.futureMs == null

function withOtherSignature(headers: HeaderList): HeaderList {
  return headers.map(([name, value]): [string, string] => {
    const at = value.length - 10
    return [name, value.slice(0, at) + (value[at] === 'a' ? 'b' : 'a') + value.slice(at + 1)]
  })
}

/** What our own verifier says of a case, with the same public halves of keys. */
export function judgedByUs(scheme: SigningScheme, { bodyBase64, headers, keys, url }: SnippetCase): boolean {
  const secrets = scheme.algorithm === 'rsa-sha256' ? keys.map((pem) => `${WEBHOOK_ID}:${pem}`) : keys
  const body = Buffer.from(bodyBase64, 'base64')
  return verify(scheme, { secrets, method: 'POST', url, headers, body, nowMs: Date.now() }).verdict === 'valid'
}
