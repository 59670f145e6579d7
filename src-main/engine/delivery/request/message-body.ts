import type { EventRecord } from '#shared/model/event.ts'
import { isCaptured } from '#shared/model/is-captured.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { Policy } from '#shared/model/policy.ts'
import { LIMITS } from '../../transformation/bounds.ts'
import type { Transformation, TransformationInput } from '../../transformation/compile-transformation.ts'
import { transformationInput } from '../../transformation/transformation-input.ts'
import { requestProblem } from '../../integrations/check-request.ts'
import { settingsOf } from '../../integrations/fill-settings.ts'
import type { BuildInput } from './build-request.ts'
import { encodeBody, type EncodedBody } from './encode-body.ts'

export interface MessageInput {
  event: EventRecord
  /** As stored. */
  body: Uint8Array
  /** Null leaves the body as it is. */
  transformation: Transformation | null
  /** Of an integration, whose body is always made and checked. */
  integration: BuildInput['integration']
  policy: Pick<Policy, 'encoding' | 'bodyLimitBytes'>
  /** False for a replay that keeps the original bytes. */
  resign: boolean
}

/** The body of an attempt: transformed, encoded, and within the policy's limit; or why there is none. */
export async function messageBody(input: MessageInput): Promise<EncodedBody | { failure: Failure }> {
  const { event, policy, resign, integration } = input
  const isSenders = isCaptured(event) || event.editedFrom !== null
  const asItCame = !resign && isSenders && !integration
  const { transformation } = input
  const transformed =
    asItCame || transformation === null
      ? { body: input.body, contentType: null }
      : await transform(input, transformation)
  if ('failure' in transformed) return transformed
  const encoded = asItCame ? transformed : encodeBody(transformed, event, policy.encoding)
  if ('failure' in encoded) return encoded
  const { bodyLimitBytes } = policy
  const size = encoded.body.byteLength
  if (bodyLimitBytes === null || size <= bodyLimitBytes) return encoded
  return refused('body_too_large', `The body has ${size} bytes, and the policy takes at most ${bodyLimitBytes}`)
}

async function transform(
  { event, body, integration }: MessageInput,
  transformation: Transformation,
): Promise<EncodedBody | { failure: Failure }> {
  if (body.byteLength > LIMITS.resultBytes) {
    return refused('transformation_failed', `the body has ${body.byteLength} bytes, more than can be transformed`)
  }
  const result = await transformation.run(inputOf(event, body, integration))
  if ('problem' in result) return refused('transformation_failed', result.problem)
  const mismatch = integration && requestProblem(integration.kind, result.json)
  if (mismatch) return refused('schema_mismatch', mismatch)
  return { body: new TextEncoder().encode(result.json), contentType: 'application/json' }
}

function inputOf(event: EventRecord, body: Uint8Array, integration: MessageInput['integration']): TransformationInput {
  const input = transformationInput(event, body)
  if (!integration) return input
  return { ...input, receivedAtMs: event.receivedAt, settings: settingsOf(integration.kind, integration.settings) }
}

function refused(code: Failure['code'], detail: string): { failure: Failure } {
  return { failure: { code, phase: 'build', detail } }
}
