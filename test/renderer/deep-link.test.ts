import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDeepLink } from '../../src-renderer/features/links/deep-link.ts'

const EVENT = 'evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA'
const ENDPOINT = 'end_01JD8Z5K3WQ7M0X2T9B4C6E8FA'

describe('a link from outside', () => {
  it('SE28 is read as one of the few deeds that it may ask for', () => {
    const read = (text: string) => readDeepLink(text).link
    expect(read(`hookloop://show?event=${EVENT}`)).toEqual({ kind: 'show', thing: 'event', id: EVENT })
    expect(read(`hookloop://replay/?event=${EVENT}&endpoint=${ENDPOINT}`)).toEqual({
      kind: 'replay',
      eventId: EVENT,
      endpointId: ENDPOINT,
    })
    expect(
      read('hookloop://add-endpoint?url=http://127.0.0.1:3000/h&types=order.*,user.created&policy=stripe'),
    ).toEqual({
      kind: 'add-endpoint',
      name: '127.0.0.1:3000',
      url: 'http://127.0.0.1:3000/h',
      eventTypes: ['order.*', 'user.created'],
      policy: 'stripe',
    })
    expect(read('hookloop://import?file=/etc/passwd')).toEqual({ kind: 'import' })
  })

  it.for([
    ['https://evil.example/', 'cannot be read'],
    ['javascript:alert(1)', 'cannot be read'],
    [`hookloop://show?event=${EVENT}\n--no-sandbox`, 'cannot be read'],
    ['hookloop:add-endpoint?url=http://a', 'more than the name'],
    ['hookloop://add-endpoint/../../etc/passwd', 'more than the name'],
    ['hookloop://user:pass@replay', 'more than the name'],
    ['hookloop://__proto__', 'does not do'],
    ['hookloop://constructor?x=1', 'does not do'],
    ['hookloop://run-script?code=alert(1)', 'does not do'],
    [`hookloop://show?event=${EVENT}&delivery=x`, 'one thing'],
    ['hookloop://show?event=../../keys', 'no id'],
    ['hookloop://replay?event=<script>', 'no id'],
    [`hookloop://replay?event=${EVENT}&url=https://evil.example/`, '“url” that is not known'],
    [`hookloop://replay?event=${EVENT}&event=${EVENT}`, 'twice'],
    ['hookloop://add-endpoint?url=file:///etc/passwd', 'no http'],
    ['hookloop://add-endpoint?url=javascript:alert(1)', 'no http'],
    ['hookloop://add-endpoint?url=https://u:p@a.example', 'user or a password'],
    ['hookloop://add-endpoint?url=https://a.example&types=$(rm)', 'no event type'],
    ['hookloop://add-endpoint?url=https://a.example&enabled=true', '“enabled” that is not known'],
    [`hookloop://show?event=${'x'.repeat(1_000_000)}`, 'longer than 8,192 characters'],
  ] as const)('SE28 %s is refused in words', ([text, words]) => {
    const { link, problem } = readDeepLink(text)
    expect(link).toBeNull()
    expect(problem).toContain(words)
  })

  it('SE28 whatever it holds, is read or refused and never throws', () => {
    const words = fc.constantFrom(
      'hookloop://',
      'add-endpoint',
      'replay',
      'show',
      '?',
      '&',
      '=',
      '%',
      '%00',
      '__proto__',
      EVENT,
    )
    const texts = fc.array(fc.oneof(words, fc.string({ unit: 'binary' }))).map((parts) => parts.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        const { link, problem } = readDeepLink(text)
        expect(link === null).toBe(problem !== null)
      }),
      { numRuns: 300 },
    )
  })
})
