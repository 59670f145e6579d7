import type { Answer, Source } from '#shared/model/source.ts'
import type { Provider } from '../../catalog/provider.ts'
import type { ReceivedRequest } from '../../engine.ts'
import { VaultLockedError } from '../../ports.ts'
import { sameText } from '../../signing/digest.ts'
import { judgeRequest } from '../arrival/judge-request.ts'
import type { AskedHandshake } from './asked-handshake.ts'
import { handshakeAnswer, UnhashableTextError } from './handshake-answer.ts'

/** What a source knows of its sender's secrets. Each method throws `VaultLockedError`. */
export interface HandshakeSecrets {
  /** What messages are signed with, newest first. */
  of(source: Source): Promise<readonly string[]>
  /** The token that its owner also typed at the sender; null where none is entered. */
  verifyToken(source: Source): Promise<string | null>
  /** Seals a secret that the sender handed over. */
  keep(source: Source, secret: string): Promise<void>
}

/** How a handshake ended, with a sentence for the Inbox. */
export interface HandshakeReply {
  isAnswered: boolean
  answer: Answer
  note: string
}

export interface HandshakeContext {
  provider: Provider
  source: Source
  request: ReceivedRequest
  secrets: HandshakeSecrets
}

/** Answers a sender that asks whether the address is meant, or refuses it and says what is missing. */
export async function replyToHandshake(asked: AskedHandshake, context: HandshakeContext): Promise<HandshakeReply> {
  try {
    const refusal = await refusalOf(asked, context)
    if (refusal) return refused(context, refusal)
    const [secret = null] = asked.handshake.need?.kind === 'secret' ? await context.secrets.of(context.source) : []
    const answer = handshakeAnswer(asked.handshake, { read: asked.read, secret })
    return { isAnswered: true, answer, note: `${asks(context)}, and was answered.${await kept(asked, context)}` }
  } catch (error) {
    if (error instanceof VaultLockedError) return refused(context, { status: 403, why: `${error.message}.` })
    if (!(error instanceof UnhashableTextError)) throw error
    return refused(context, { status: 400, why: 'What it wants hashed is not what this sender has hashed.' })
  }
}

interface Refusal {
  status: number
  why: string
}

async function refusalOf({ handshake: { need }, read }: AskedHandshake, context: HandshakeContext) {
  const { source, provider, request, secrets } = context
  switch (need?.kind) {
    case undefined:
      return null
    case 'secret':
      return (await secrets.of(source)).length > 0 ? null : missing(need.name, 'secret', 403)
    case 'verify-token': {
      const token = await secrets.verifyToken(source)
      if (token === null) return missing(need.name, 'verify token', 403)
      return sameText(token, read(need.at) ?? '') ? null : { status: 403, why: 'Its token is not this source’s.' }
    }
    case 'signature': {
      const known = await secrets.of(source)
      if (known.length === 0) return missing(need.name, 'secret', 401)
      const judged = judgeRequest(provider, request, { source, secrets: known })
      if (judged?.verdict === 'valid') return null
      return { status: 401, why: `Its signature does not fit the ${need.name} (${judged?.reason}).` }
    }
  }
}

function missing(name: string, field: string, status: number): Refusal {
  return { status, why: `Enter the sender’s ${name} as the ${field} of this source, then let it ask again.` }
}

/** Keeps the secret that came along, and says so. */
async function kept({ handshake: { secretAt }, read }: AskedHandshake, { source, secrets }: HandshakeContext) {
  const secret = secretAt && read(secretAt)
  if (!secret) return ''
  const known = await secrets.of(source)
  if (known.includes(secret)) return ''
  if (known.length > 0) {
    return ' This source has a secret already, which stays: to take the new one, remove it and create the webhook again.'
  }
  await secrets.keep(source, secret)
  return ' The secret that it handed over is now the secret of this source.'
}

function asks({ provider }: HandshakeContext): string {
  return `${provider.name} asked whether this address is meant`
}

function refused(context: HandshakeContext, { status, why }: Refusal): HandshakeReply {
  const message = 'The handshake was refused; the Inbox of this address says why.'
  return {
    isAnswered: false,
    note: `${asks(context)}, and was refused with ${status}. ${why}`,
    answer: {
      status,
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify({ error: { code: 'handshake_refused', message } }),
      delayMs: 0,
    },
  }
}
