import type { IncomingMessage } from 'node:http'
import type { BodyShare } from './body-room.ts'

/** How reading a body ended. */
export type BodyRead =
  | { kind: 'complete'; body: Uint8Array }
  | { kind: 'over-limit' }
  /** All bodies under way hold as much as they may. */
  | { kind: 'no-room' }
  /** The connection ended, or its bytes made no sense, before the body did. */
  | { kind: 'broken'; body: Uint8Array }

/** A body on its way in. */
export interface BodyReading {
  result: Promise<BodyRead>
  /** Gives up on the rest: what came so far is the result. */
  breakOff(): void
}

/** Reads a request's body byte for byte; holds no more than `limitBytes` of it, nor than its share of the room. */
export function readBody(
  request: IncomingMessage,
  { limitBytes, share }: { limitBytes: number; share: BodyShare },
): BodyReading {
  const chunks: Buffer[] = []
  let size = 0
  const { promise, resolve } = Promise.withResolvers<BodyRead>()

  /** Each piece is a copy of its own already, so that one alone need not be copied again. */
  const soFar = (): Uint8Array => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
  const settle = (result: BodyRead) => {
    request.off('data', onData)
    chunks.length = 0
    resolve(result)
  }
  const onData = (chunk: Buffer) => {
    size += chunk.length
    if (size > limitBytes) settle({ kind: 'over-limit' })
    else if (!share.growTo(size)) settle({ kind: 'no-room' })
    else chunks.push(chunk)
  }
  const breakOff = () => settle({ kind: 'broken', body: soFar() })
  request.on('data', onData)
  request.once('end', () => settle({ kind: 'complete', body: soFar() }))
  request.once('error', breakOff)
  request.once('close', breakOff)
  return { result: promise, breakOff }
}
