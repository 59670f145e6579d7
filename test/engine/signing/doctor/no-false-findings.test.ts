import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HeaderList } from '#shared/model/header.ts'
import { diagnose } from '#main/engine/signing/doctor/diagnose.ts'
import { newSecret } from '#main/engine/signing/secret.ts'
import { providers } from '#main/providers/index.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'
import { candidate, caseOf, NOW, schemeOf, secretOf, sent } from './planted.ts'

const MINUTES = 240_000
const text = fc.oneof(
  fc.json(),
  fc.webQueryParameters(),
  fc.string({ unit: 'grapheme' }),
  fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')),
)
const body = text.map((each) => Buffer.from(each))
/** Senders of all kinds: the body alone, with a time, with the URL, decoded keys. */
const ids = fc.constantFrom(
  'github',
  'stripe',
  'standard-webhooks',
  'slack',
  'square',
  'shopify',
  'hubspot',
  'typeform',
)

describe('what the doctor must not say', () => {
  it(
    'PRV-5 finds no explanation for a random body that a random secret signed',
    () => {
      const random = createSeededRandom(41)
      fc.assert(
        fc.property(ids, body, body, (id, signed, received) => {
          fc.pre(!signed.equals(received))
          const secrets = [newSecret(schemeOf(id), random)]
          const candidates = [candidate({ text: newSecret(schemeOf(id), random), provider: id })]
          const message = {
            ...sent(id, { body: signed, secrets: [newSecret(schemeOf(id), random)] }),
            body: received,
            secrets,
          }
          expect(diagnose(caseOf(id, message, { candidates }))).toMatchObject({ verdict: 'invalid', findings: [] })
        }),
        { numRuns: 600, seed: 7 },
      )
    },
    MINUTES,
  )

  it(
    'PRV-5 proves nothing of another body under the right secret, unless both hold the same',
    () => {
      fc.assert(
        fc.property(ids, fc.nat(), (id, number) => {
          const message = sent(id, { body: Buffer.from(JSON.stringify({ id: `order-${number}`, total: number })) })
          const tampered = Buffer.from(JSON.stringify({ id: `order-${number}`, total: number + 1 }))
          expect(diagnose(caseOf(id, { ...message, body: tampered })).findings).toEqual([])
        }),
        { numRuns: 200, seed: 7 },
      )
    },
    MINUTES,
  )

  const header = fc.tuple(
    fc.oneof(
      fc.constantFrom(...providers.flatMap(({ signing }) => signing?.headers.map(([name]) => name) ?? [])),
      fc.string(),
    ),
    fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.constantFrom('t=1,v1=', 'v1, v1,', 'sha256=', '1795165924', '%', '="', '\u0000'),
    ),
  )
  const address = fc.oneof(
    fc.webUrl({ withQueryParameters: true }),
    fc.constantFrom('', 'https://', 'http://[::1', 'x:%'),
  )

  it(
    'PRV-5 takes any request and never throws, nor shows a secret',
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...providers.filter(({ signing }) => signing !== null).map(({ id }) => id)),
          fc.record({ headers: fc.array(header, { maxLength: 8 }), body, url: address, publicUrl: fc.option(address) }),
          fc.array(fc.oneof(fc.string(), fc.base64String()), { maxLength: 3 }),
          (id, { publicUrl, headers, ...parts }, secrets) => {
            const secret = `never-shown-${secretOf(id)}`
            const message = {
              method: 'POST',
              nowMs: NOW,
              secrets: [...secrets, secret],
              headers: headers as HeaderList,
              ...parts,
            }
            const candidates = [candidate({ text: secret, isPrevious: true })]
            const found = diagnose(caseOf(id, message, { candidates, publicUrl, mountPath: '/in/x' }))
            expect(JSON.stringify(found)).not.toContain(secretOf(id))
            expect(found.verdict === 'valid' && found.findings.length > 0).toBe(false)
          },
        ),
        { numRuns: 300, seed: 7 },
      )
    },
    MINUTES,
  )

  it('PRV-5 survives nesting that would exhaust the stack', () => {
    const deep = Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    const message = sent('github', { body: deep })
    expect(diagnose(caseOf('github', { ...message, secrets: ['wrong'] })).findings).toEqual([])
  })
})
