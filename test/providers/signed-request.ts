import type { HeaderList } from '#shared/model/header.ts'
import type { Random } from '#main/engine/ports.ts'
import type { Provider } from '#main/engine/catalog/provider.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import { signRequest } from '#main/engine/signing/sign.ts'
import type { ReceivedMessage } from '#main/engine/signing/verify.ts'
import { providers } from '#main/providers/index.ts'

export interface NamedScheme {
  name: string
  scheme: SigningScheme
}

const FORMS: readonly NamedScheme[] = providers.flatMap(({ id, signing }) =>
  signing
    ? [
        { name: id, scheme: signing },
        ...(signing.also ?? []).map((scheme, index) => ({ name: `${id}, form ${index + 2}`, scheme })),
      ]
    : [],
)

/** Every form of every provider's signature; those that several providers share stand once. */
export const SCHEMES: readonly NamedScheme[] = [
  ...new Map(FORMS.toReversed().map((form) => [JSON.stringify({ ...form.scheme, also: null }), form])).values(),
].toReversed()

export function providerOf(id: string): Provider {
  const provider = providers.find((candidate) => candidate.id === id)
  if (!provider) throw new Error(`There is no provider ${id}`)
  return provider
}

export interface SignedParts {
  body: Uint8Array
  secrets: readonly string[]
  nowMs: number
  url: string
  method?: string
  id?: string
  headers?: HeaderList
}

/** A request as the sender would make it, as it would arrive. */
export function signedRequest(scheme: SigningScheme, parts: SignedParts): ReceivedMessage {
  const { method = 'POST', id = 'evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA', headers = [], secrets, nowMs, url, body } = parts
  const message = { secrets, id, timestampMs: nowMs, body, type: 'a.b', deliveryId: 'dlv_1', method, url, headers }
  const signed = signRequest(scheme, message)
  return { secrets, method, url, nowMs, headers: [...headers, ...signed.headers], body: signed.body }
}

const TEXTS = ['äöü ß', '急須', '🚢', 'plain', '"quoted\\"', '\u2028', '\t tab', '', '<b>&amp;</b>', "d'un thé"]
export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random.fraction() * from.length)]!

/** A JSON body, indented or not, with all kinds of text in it. */
export function someJson(random: Random): string {
  const entries = Array.from({ length: 1 + Math.floor(random.fraction() * 4) }, (_, index) => [
    `field${index}`,
    pick<unknown>(random, [
      pick(random, TEXTS),
      Math.floor(random.fraction() * 1e6),
      true,
      null,
      [pick(random, TEXTS)],
    ]),
  ])
  return JSON.stringify(Object.fromEntries(entries), null, pick(random, [0, 0, 2]))
}

/** A form body. */
export function someForm(random: Random): string {
  const count = 1 + Math.floor(random.fraction() * 5)
  return new URLSearchParams(
    Array.from({ length: count }, () => [pick(random, ['From', 'To', 'Body', 'body', 'A1']), pick(random, TEXTS)]),
  ).toString()
}
