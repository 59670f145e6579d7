import { describe, expect, it } from 'vitest'
import { newSecret } from '#main/engine/signing/secret.ts'
import { verify } from '#main/engine/signing/verify.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'
import { providerOf } from '../signed-request.ts'
import { findDisagreements, judgeOurs } from './agreement.ts'
import { arrived } from './arrived.ts'
import { BY_CRYPTO, JSON_ONLY } from './bytes-by-crypto.ts'
import { withDuplicates } from './changes.ts'
import { OFFICIAL_SDKS } from './official-sdks.ts'
import { byteRequest, sampleRequest } from './sample-requests.ts'

const VALID = { verdict: 'valid', reason: null }

describe.each(OFFICIAL_SDKS)('the official SDK of $provider', (sdk) => {
  it('PRV-2 accepts what we send, and refuses it with one byte changed', async () => {
    expect(await judgeOurs(sdk)).toEqual({ accepted: 20, refused: 20 })
  })

  it('PRV-2 PRV-4 agrees with us over hundreds of genuine and changed requests', async () => {
    expect(await findDisagreements(sdk)).toEqual([])
  })
})

describe('a header of the signature that stands twice', () => {
  it.each(OFFICIAL_SDKS.filter(({ provider }) => provider !== 'adyen'))(
    'CAP-5 is refused for $provider, whatever its SDK makes of joined values',
    ({ provider }) => {
      const scheme = providerOf(provider).signing!
      const random = createSeededRandom(23)
      const message = withDuplicates(sampleRequest({ provider, secret: newSecret(scheme, random), random }))
      const verdict = verify(scheme, { ...message, nowMs: Date.now() })
      expect(verdict).toEqual({ verdict: 'invalid', reason: 'duplicate_header' })
    },
  )
})

describe('bodies that are no text', () => {
  const random = createSeededRandom(22)

  it.each(OFFICIAL_SDKS.filter(({ takesBytes }) => takesBytes))(
    'PRV-2 are judged alike by us and the official SDK of $provider',
    async ({ provider, takesBytes }) => {
      const scheme = providerOf(provider).signing!
      const secret = newSecret(scheme, random)
      for (let round = 0; round < 50; round += 1) {
        const message = byteRequest({ provider, secret, random })
        expect(verify(scheme, message)).toEqual(VALID)
        expect(await takesBytes!(message.body, arrived(scheme, message))).toBe(true)
      }
    },
  )

  it('PRV-2 are judged by node:crypto for every SDK that turns bodies into text or JSON', () => {
    const takesNoBytes = OFFICIAL_SDKS.filter(({ takesBytes }) => !takesBytes).map(({ provider }) => provider)
    expect([...Object.keys(BY_CRYPTO), ...JSON_ONLY].toSorted()).toEqual(takesNoBytes.toSorted())
  })

  it.each(Object.entries(BY_CRYPTO))('PRV-2 of %s are signed as node:crypto says', (provider, isSigned) => {
    const scheme = providerOf(provider).signing!
    const secret = newSecret(scheme, random)
    for (let round = 0; round < 50; round += 1) {
      const message = byteRequest({ provider, secret, random })
      expect(verify(scheme, message)).toEqual(VALID)
      expect(isSigned(message.body, arrived(scheme, message))).toBe(true)
    }
  })
})
