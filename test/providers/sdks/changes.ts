import type { HeaderList } from '#shared/model/header.ts'
import type { Random } from '#main/engine/ports.ts'
import type { ReceivedMessage } from '#main/engine/signing/verify.ts'

type Change = (message: ReceivedMessage, random: Random) => ReceivedMessage

/** What can become of a request on its way; each leaves the others' parts alone. */
export const CHANGES: Readonly<Record<string, Change>> = {
  nothing: (message) => message,
  'a byte of the body': (message) => ({ ...message, body: withChangedByte(message.body) }),
  'a byte after the body': (message) => ({ ...message, body: Buffer.concat([message.body, Buffer.from(' ')]) }),
  'no body': (message) => ({ ...message, body: new Uint8Array() }),
  'a byte of the signature': (message, random) => ({
    ...message,
    headers: message.headers.map(([name, value]) => [name, isSignature(name) ? withOther(value, random) : value]),
  }),
  'half of the signature': (message) => ({
    ...message,
    headers: message.headers.map(([name, value]) => [name, isSignature(name) ? value.slice(0, -8) : value]),
  }),
  'another time': (message) => ({
    ...message,
    headers: message.headers.map(([name, value]) => [name, isSignature(name) ? value : withOtherDigit(name, value)]),
  }),
  'another time in the signature’s header': (message) => ({
    ...message,
    headers: message.headers.map(([name, value]) => [
      name,
      isSignature(name) ? value.replace(/^(ts?=\d+)\d/, '$10') : value,
    ]),
  }),
  'header names in lower case': (message) => ({
    ...message,
    headers: renamed(message.headers, (name) => name.toLowerCase()),
  }),
  'header names in upper case': (message) => ({
    ...message,
    headers: renamed(message.headers, (name) => name.toUpperCase()),
  }),
  'no headers': (message) => ({ ...message, headers: [] }),
  'one header fewer': (message, random) => {
    const lost = Math.floor(random.fraction() * message.headers.length)
    return { ...message, headers: message.headers.filter((_, index) => index !== lost) }
  },
}

/** Signature headers twice, with their first value or with another one. */
export function withDuplicates(message: ReceivedMessage): ReceivedMessage {
  const again = message.headers.filter(([name]) => isSignature(name))
  return { ...message, headers: [...message.headers, ...again] }
}

/** Changes one digit, or else one letter, and leaves the form of the text as it is. */
export function withChangedByte(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body).toString('latin1')
  const swapped = text.includes('pspReference')
    ? text.replace('REFUND', 'REFUNE')
    : text.replace(/(?:fiel|Fro|T|Bod|bod|A)([dmoy1])/, (word) => `${word.slice(0, -1)}z`)
  return Buffer.from(swapped, 'latin1')
}

const isSignature = (name: string) => /signature|hmac/i.test(name) && !/timestamp|nonce|version|algorithm/i.test(name)

/** Another character in the middle of a signature. */
function withOther(value: string, random: Random): string {
  const at = value.length - 8 - Math.floor(random.fraction() * 10)
  return value.slice(0, at) + (value[at] === 'a' ? 'b' : 'a') + value.slice(at + 1)
}

/** A second or more off, where a header carries the time. */
function withOtherDigit(name: string, value: string): string {
  return /timestamp/i.test(name) ? value.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)) : value
}

const renamed = (headers: HeaderList, to: (name: string) => string): HeaderList =>
  headers.map(([name, value]) => [to(name), value])
