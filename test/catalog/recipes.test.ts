import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { AppError } from '#shared/model/app-error.ts'
import { type ProviderDefinition, SigningRecipe } from '#shared/model/own-provider.ts'
import { checkRecipe } from '#main/engine/catalog/own/check-recipe.ts'
import { toScheme } from '#main/engine/catalog/own/to-provider.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import { newSecret } from '#main/engine/signing/secret.ts'
import { verify } from '#main/engine/signing/verify.ts'
import { providers } from '#main/providers/index.ts'
import { signedRequest } from '#test/providers/signed-request.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'

type Recipe = z.input<typeof SigningRecipe>
type Recognition = ProviderDefinition['recognition']

const NOWHERE: Recognition = { eventType: [], messageId: [] }
const NOW = 1_795_165_924_000
const BODY = Buffer.from('{"id":"o_1","total":"49,00 €"}')
const random = createSeededRandom(5)

function definition(recipe: Recipe, recognition = NOWHERE): ProviderDefinition {
  return { name: 'Acme', signing: SigningRecipe.parse(recipe), recognition, policy: null, bodyFormat: 'json' }
}

function refusalOf(recipe: Recipe, recognition = NOWHERE): AppError {
  try {
    checkRecipe(definition(recipe, recognition), random)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** Recipes that say what a built-in provider says. */
const TWINS: readonly [id: string, recipe: Recipe, recognition: Recognition][] = [
  [
    'github',
    { header: 'X-Hub-Signature-256', format: 'sha256={signature}' },
    { eventType: [{ header: 'X-GitHub-Event' }], messageId: [{ header: 'X-GitHub-Delivery' }] },
  ],
  [
    'stripe',
    {
      header: 'Stripe-Signature',
      signedContent: '{timestamp}.{body}',
      format: 't={timestamp},v1={signature}',
      separator: ',',
      timestamp: { toleranceSeconds: 300 },
    },
    NOWHERE,
  ],
  [
    'slack',
    {
      header: 'X-Slack-Signature',
      signedContent: 'v0:{timestamp}:{body}',
      format: 'v0={signature}',
      timestamp: { header: 'X-Slack-Request-Timestamp', toleranceSeconds: 300 },
    },
    NOWHERE,
  ],
  [
    'standard-webhooks',
    {
      key: 'base64',
      secretPrefix: 'whsec_',
      header: 'webhook-signature',
      signedContent: '{id}.{timestamp}.{body}',
      encoding: 'base64',
      format: 'v1,{signature}',
      separator: ' ',
      timestamp: { header: 'webhook-timestamp', toleranceSeconds: 300 },
    },
    { eventType: [], messageId: [{ header: 'webhook-id' }] },
  ],
  ['square', { header: 'x-square-hmacsha256-signature', signedContent: '{url}{body}', encoding: 'base64' }, NOWHERE],
]

describe('a recipe', () => {
  it.each(TWINS)(
    'PRV-7 for %s verifies what the built-in one signs, and signs what that verifies',
    (id, recipe, at) => {
      const shipped = providers.find((provider) => provider.id === id)?.signing as SigningScheme
      const own = toScheme(SigningRecipe.parse(recipe), at)
      checkRecipe(definition(recipe, at), random)
      const parts = {
        body: BODY,
        nowMs: NOW,
        url: 'https://hooks.example.com/in',
        secrets: [newSecret(shipped, random)],
      }
      expect(verify(own, signedRequest(shipped, parts))).toEqual({ verdict: 'valid', reason: null })
      expect(verify(shipped, signedRequest(own, parts))).toEqual({ verdict: 'valid', reason: null })
      const arrived = signedRequest(own, parts)
      expect(verify(own, { ...arrived, body: Buffer.from('{}') })).toMatchObject({ reason: 'signature_mismatch' })
    },
  )

  it('PRV-7 judges the age of a message by its tolerance, both ways', () => {
    const recipe = {
      header: 'A',
      signedContent: '{timestamp}{body}',
      timestamp: { header: 'T', unit: 'ms' as const, toleranceSeconds: 10 },
    }
    const scheme = toScheme(SigningRecipe.parse(recipe), NOWHERE)
    const arrived = signedRequest(scheme, { body: BODY, nowMs: NOW, url: '', secrets: ['s'] })
    expect(verify(scheme, { ...arrived, nowMs: NOW + 10_000 }).verdict).toBe('valid')
    expect(verify(scheme, { ...arrived, nowMs: NOW + 10_001 })).toMatchObject({ reason: 'stale_timestamp' })
    expect(verify(scheme, { ...arrived, nowMs: NOW - 10_001 })).toMatchObject({ reason: 'future_timestamp' })
  })

  it.each<[string, Recipe, Recognition, string]>([
    ['no place for the signature', { header: 'A', format: 'v1' }, NOWHERE, 'signing.format'],
    [
      'two places for it',
      { header: 'A', format: '{signature},{signature}', separator: ',' },
      NOWHERE,
      'signing.format',
    ],
    ['a token that does not exist', { header: 'A', signedContent: '{boddy}' }, NOWHERE, 'signing.signedContent'],
    [
      'a message id that no header carries',
      { header: 'A', signedContent: '{id}.{body}' },
      NOWHERE,
      'signing.signedContent',
    ],
    [
      'a message id that stands in the body alone',
      { header: 'A', signedContent: '{id}.{body}' },
      { eventType: [], messageId: [{ json: 'id' }] },
      'signing.signedContent',
    ],
    [
      'a timestamp of no known unit',
      { header: 'A', signedContent: '{timestamp}.{body}' },
      NOWHERE,
      'signing.signedContent',
    ],
    ['a timestamp that nothing carries', { header: 'A', timestamp: {} }, NOWHERE, 'signing.timestamp.header'],
    [
      'parts without a separator',
      { header: 'A', format: 't={timestamp}{signature}', timestamp: {} },
      NOWHERE,
      'signing.separator',
    ],
    ['a header used twice', { header: 'A', timestamp: { header: 'a' } }, NOWHERE, 'signing.timestamp.header'],
    ['a header of the body', { header: 'Content-Type' }, NOWHERE, 'signing.header'],
    [
      'a hexadecimal key with a prefix',
      { header: 'A', key: 'hex', secretPrefix: 'k_' },
      NOWHERE,
      'signing.secretPrefix',
    ],
    ['a format that cannot be read back', { header: 'A', format: 'sha256:{signature}:end' }, NOWHERE, 'signing.format'],
  ])('PRV-7 is refused at the field, with the fix: %s', (_what, recipe, recognition, field) => {
    const refusal = refusalOf(recipe, recognition)
    expect(refusal).toMatchObject({ code: 'invalid_request', field })
    expect(refusal.hint).toMatch(/\w{4}/)
  })

  it('PRV-7 may sign fields of the body, other headers and a nonce', () => {
    const recipe = {
      header: 'A',
      signedContent: '{method}|{body.order.id}|{header.content-type}|{nonce}|{crc32}',
      format: 'n={nonce};v1={signature}',
      separator: ';' as const,
    }
    checkRecipe(definition(recipe), random)
    const scheme = toScheme(SigningRecipe.parse(recipe), NOWHERE)
    const headers: [string, string][] = [['Content-Type', 'application/json']]
    const arrived = signedRequest(scheme, {
      body: Buffer.from('{"order":{"id":7}}'),
      nowMs: NOW,
      url: '',
      secrets: ['s'],
      headers,
    })
    expect(verify(scheme, arrived).verdict).toBe('valid')
    const bent = arrived.headers.map(([name, value]): [string, string] => [name, value.replace('json', 'xml')])
    expect(verify(scheme, { ...arrived, headers: bent })).toMatchObject({ reason: 'signature_mismatch' })
  })
})
