import { describe, expect, it } from 'vitest'
import { resolvePolicy } from '#main/engine/delivery/policies.ts'
import { buildRequest } from '#main/engine/delivery/request/build-request.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import { newSecret } from '#main/engine/signing/secret.ts'
import { verify } from '#main/engine/signing/verify.ts'
import { providers } from '#main/providers/index.ts'
import { createFakeIds } from '#test/support/fake-ids.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'

const NOW = 1_795_165_924_999
const ids = createFakeIds()

/** What an endpoint that forwards path and query sends for a captured event. */
function build(scheme: SigningScheme, key: string, text: string) {
  const body = Buffer.from(text)
  return buildRequest({
    integration: null,
    delivery: { id: ids.next('dlv'), replayId: null, resign: true },
    event: {
      id: ids.next('evt'),
      projectId: ids.next('prj'),
      sourceId: ids.next('src'),
      type: 'request',
      provider: null,
      origin: 'captured',
      editedFrom: null,
      capture: 'complete',
      captureNote: null,
      receivedAt: 0,
      method: 'PUT',
      path: '/in/inbox/a',
      query: 'b=%20c',
      httpVersion: '1.1',
      headers: [['Content-Type', 'application/json']],
      contentType: 'application/json',
      bodySha256: '',
      bodySizeBytes: body.length,
      trailers: [],
      declaredSizeBytes: null,
      remoteAddress: null,
      hops: 0,
    },
    body,
    attempt: 1,
    destination: {
      url: 'http://receiver.test/hook',
      headers: [],
      forwardPath: true,
      method: null,
      tls: { verify: true, ca: null },
      policy: resolvePolicy('standard'),
    },
    contentType: null,
    secrets: new Map(),
    signing: { scheme, secrets: [key] },
    now: NOW,
  })
}

describe('an endpoint signed by a provider', () => {
  const random = createSeededRandom(41)

  it.each(providers.filter(({ signing }) => signing !== null))(
    'PRV-2 ENG-3 sends what $id would verify: method, URL and body as they go out',
    ({ signing }) => {
      const scheme = signing!
      const key = newSecret(scheme, random)
      const built = build(scheme, key, '{"total":"49,00 €"}')
      if ('failure' in built) throw new Error(built.failure.detail)
      expect(verify(scheme, { ...built.request, secrets: [key], nowMs: NOW })).toEqual({
        verdict: 'valid',
        reason: null,
      })
    },
  )

  it('PRV-2 says why a body without a place for the signature cannot be sent', () => {
    const { signing } = providers.find(({ id }) => id === 'mailgun')!
    expect(build(signing!, 'key', 'a=b')).toMatchObject({ failure: { code: 'encoding_failed', phase: 'build' } })
  })
})
