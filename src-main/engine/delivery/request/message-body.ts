import type { EventRecord } from '#shared/model/event.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { Policy } from '#shared/model/policy.ts'
import { LIMITS } from '../../transformation/bounds.ts'
import type { Transformation } from '../../transformation/compile-transformation.ts'
import { transformationInput } from '../../transformation/transformation-input.ts'
import { encodeBody, type EncodedBody } from './encode-body.ts'

export interface MessageInput {
  event: EventRecord
  /** As stored. */
  body: Uint8Array
  /** Null leaves the body as it is. */
  transformation: Transformation | null
  policy: Pick<Policy, 'encoding' | 'bodyLimitBytes'>
  /** False for a replay that keeps the original bytes. */
  resign: boolean
}

/** The body of an attempt: transformed, encoded, and within the policy's limit; or why there is none. */
export async function messageBody(input: MessageInput): Promise<EncodedBody | { failure: Failure }> {
  const { event, policy, resign } = input
  const asItCame = !resign && event.origin === 'captured'
  const transformed = asItCame ? { body: input.body, contentType: null } : await transform(input)
  if ('failure' in transformed) return transformed
  const encoded = asItCame ? transformed : encodeBody(transformed, event, policy.encoding)
  if ('failure' in encoded) return encoded
  const { bodyLimitBytes } = policy
  const size = encoded.body.byteLength
  if (bodyLimitBytes === null || size <= bodyLimitBytes) return encoded
  return refused('body_too_large', `The body has ${size} bytes, and the policy takes at most ${bodyLimitBytes}`)
}

async function transform({ event, body, transformation }: MessageInput): Promise<EncodedBody | { failure: Failure }> {
  if (!transformation) return { body, contentType: null }
  if (body.byteLength > LIMITS.resultBytes) {
    return refused('transformation_failed', `the body has ${body.byteLength} bytes, more than can be transformed`)
  }
  const result = await transformation.run(transformationInput(event, body))
  if ('problem' in result) return refused('transformation_failed', result.problem)
  return { body: new TextEncoder().encode(result.json), contentType: 'application/json' }
}

function refused(code: Failure['code'], detail: string): { failure: Failure } {
  return { failure: { code, phase: 'build', detail } }
}
