import type { Place } from './provider.ts'

/** What stands in an answer: a literal, what the request said somewhere, or an HMAC-SHA256 of that under the secret. */
export type HandshakeValue = string | number | Place | { hmacOf: Place; encoding: 'hex' | 'base64'; prefix: string }

/** What a source must have before it can answer; `name` is what the sender's own console calls it. */
export type HandshakeNeed =
  | { kind: 'secret'; name: string }
  /** The request is signed, and whoever signs wrongly gets 401. */
  | { kind: 'signature'; name: string }
  /** A token that its owner also typed at the sender, and where the request shows it. */
  | { kind: 'verify-token'; name: string; at: Place }

/** How a sender asks whether an address is meant to get its messages, and what it wants to hear. */
export interface Handshake {
  method: 'GET' | 'POST' | 'OPTIONS'
  /** What the request says, all of it: this text, or any where none is given. */
  says: readonly { at: Place; exactly?: string }[]
  /** What it does not say. */
  lacks?: Place
  need?: HandshakeNeed
  /** Where the sender hands over the secret that it signs with from then on. */
  secretAt?: Place
  answer: {
    status: number
    headers?: readonly (readonly [name: string, value: HandshakeValue])[]
    /** `text` says again what stands there, as plain text; `json` is an object. */
    body?: { text: Place } | { json: Readonly<Record<string, HandshakeValue>> }
  }
}
