import { describe, expect, it } from 'vitest'
import { toProviderDetail } from '#main/api/views/provider-view.ts'
import { providers } from '#main/providers/index.ts'
import { recognitionWords, signingWords } from '../../src-renderer/features/catalog/signing-words.ts'

const detailOf = (id: string) =>
  toProviderDetail(
    { proofPlaces: () => [] },
    providers.find((provider) => provider.id === id)!,
    null,
  )

describe('a signing scheme in words', () => {
  it('PRV-4 says what is signed, where it stands, what the key is and how old it may be', () => {
    expect(signingWords(detailOf('stripe').signing)).toEqual([
      'HMAC-SHA256 over {timestamp}.{body}, written as hex.',
      'The signature stands in the header Stripe-Signature, as v1={signature}.',
      'The whole text of the secret is the key.',
      'A time in seconds is sent and signed; what is older than 5 min is refused.',
    ])
    expect(signingWords(detailOf('github').signing)).toEqual([
      'HMAC-SHA256 over the raw body, written as hex.',
      'The signature stands in the header X-Hub-Signature-256, as sha256={signature}.',
      'The whole text of the secret is the key.',
      'No time is sent, so a receiver cannot tell a repeat from a first.',
      'It is known to use one other form as well, which are verified too.',
    ])
  })

  it('PRV-4 tells signatures in bodies, shared tokens, key pairs and senders that do not sign', () => {
    expect(signingWords(detailOf('mailgun').signing)).toContain(
      'The signature stands in the body, at signature.signature.',
    )
    expect(signingWords(detailOf('gitlab').signing)[0]).toBe('It shows the secret itself; nothing is signed.')
    expect(signingWords(detailOf('discord').signing)).toContain(
      'The sender signs with a private key; a receiver needs the public half alone.',
    )
    expect(signingWords(detailOf('lumar').signing)).toEqual([
      'It does not sign: a receiver cannot tell who sent a request.',
    ])
  })

  it('CAP-6 says where a request names itself', () => {
    expect(recognitionWords(detailOf('crawlux'))).toEqual([
      'The event type stands in the header X-Crawlux-Event, or the JSON field event.',
      'The message id stands in the header X-Crawlux-Delivery.',
    ])
    expect(recognitionWords(detailOf('lumar'))).toHaveLength(2)
  })

  it.each(providers.map(({ id }) => id))('PRV-4 has whole sentences for %s, with nothing left open', (id) => {
    const words = [...signingWords(detailOf(id).signing), ...recognitionWords(detailOf(id))]
    for (const sentence of words) {
      expect(sentence).toMatch(/^[A-Z].*[.]$/)
      expect(sentence).not.toMatch(/undefined|null|header \./)
    }
  })
})
