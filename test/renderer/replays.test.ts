import { describe, expect, it } from 'vitest'
import { earlierDelivery } from '../../src-renderer/features/compare/answers/earlier-delivery.ts'
import {
  fromLocalInput,
  rangeProblem,
  toLocalInput,
  withRange,
} from '../../src-renderer/features/replay/bulk/time-range.ts'
import { signingInput, sourceSignerWords } from '../../src-renderer/features/replay/parts/signing.ts'
import { rangeOf } from '../../src-renderer/features/replay/recover/recovery-draft.ts'
import { formatPace, paceOf, withSample } from '../../src-renderer/ui/runs/pace.ts'
import { readRate } from '../../src-renderer/ui/runs/rate.ts'

describe('the pace of long work', () => {
  it('RPL-1 is what was done in the last seconds, and unknown while nothing moves', () => {
    const samples = [0, 5_000, 10_000].reduce<ReturnType<typeof withSample>>(
      (before, at) => withSample(before, { at, done: at / 500 }),
      [],
    )
    expect(paceOf(samples)).toBe(2)
    expect(paceOf([])).toBeNull()
    expect(paceOf(withSample(samples, { at: 60_000, done: 20 }))).toBeNull()
    expect([0.05, 2.04, 140.4].map(formatPace)).toEqual(['0.05/s', '2/s', '140/s'])
  })

  it('RPL-1 is limited by a number from 0.01 to 1000, or by nothing', () => {
    expect(['', ' ', '0.01', '1000'].map(readRate)).toEqual([null, null, 0.01, 1_000])
    expect(['0', '-1', '1001', 'fast'].map(readRate)).toEqual(['invalid', 'invalid', 'invalid', 'invalid'])
  })
})

describe('the time of a replay', () => {
  it('RPL-1 stands in the filter as instants, whatever the zone in which it was chosen', () => {
    const at = Date.parse('2026-11-25T10:02:03.000Z')
    const since = toLocalInput(at)
    expect(fromLocalInput(since)).toBe('2026-11-25T10:02:03.000Z')
    expect(withRange(' type:audit.* ', { since, until: '' })).toBe('type:audit.* since:2026-11-25T10:02:03.000Z')
    expect(withRange('', { since: '', until: since })).toBe('until:2026-11-25T10:02:03.000Z')
    expect(rangeProblem({ since, until: since })).toMatch(/ends before/)
    expect(rangeProblem({ since, until: '' })).toBeNull()
  })

  it('RPL-6 of a found outage is no narrower than it is, though inputs know no milliseconds', () => {
    const found = { since: '2026-11-25T10:02:03.400Z', until: '2026-11-25T10:02:05.001Z' }
    const range = rangeOf(found)
    expect(Date.parse(fromLocalInput(range.since)!)).toBeLessThanOrEqual(Date.parse(found.since))
    expect(Date.parse(fromLocalInput(range.until)!)).toBeGreaterThanOrEqual(Date.parse(found.until))
    expect(rangeOf({ ...found, until: null }).until).toBe('')
  })
})

describe('the signature of a replay', () => {
  it('RPL-2 names a signer only where it goes to an address and is signed anew', () => {
    const url = { kind: 'url', url: 'http://a/' } as const
    expect(signingInput({ resign: true, signAs: 'source' }, { kind: 'matching' })).toEqual({ resign: true })
    expect(signingInput({ resign: false, signAs: 'source' }, url)).toEqual({ resign: false })
    expect(signingInput({ resign: true, signAs: 'nobody' }, url)).toEqual({ resign: true, signAs: 'nobody' })
    expect(signingInput({ resign: true, signAs: 'end_1' }, url)).toEqual({
      resign: true,
      signAs: { endpointId: 'end_1' },
    })
  })

  it('RPL-2 says plainly where nobody can sign', () => {
    const sources = [
      { id: 'src_1', name: 'github', provider: 'github', secrets: [{ id: 'sec_1' }] },
      { id: 'src_2', name: 'bare', provider: null, secrets: [] },
      { id: 'src_3', name: 'slack', provider: 'slack', secrets: [] },
    ] as unknown as Parameters<typeof sourceSignerWords>[1]
    const words = (sourceId: string | null) =>
      sourceSignerWords({ sourceId } as Parameters<typeof sourceSignerWords>[0], sources)
    expect(words('src_1')).toMatch(/^As github does, with the secret of the source github/)
    expect(words('src_2')).toMatch(/names no sender, so nobody signs it/)
    expect(words('src_3')).toMatch(/has no secret, so nobody signs it/)
    expect(words(null)).toMatch(/goes out unsigned/)
  })
})

it('RPL-2 an answer is held against the latest one before it, of the same place where there is one', () => {
  const sent = (id: string, endpointId: string | null, at: number, attempts = 1) => ({
    id,
    endpointId: endpointId as never,
    url: endpointId === null ? 'http://a/' : 'http://b/',
    attempts,
    createdAt: new Date(at).toISOString(),
  })
  const all = [sent('one', 'shop', 1), sent('two', 'shop', 2), sent('three', null, 3), sent('untried', 'shop', 4, 0)]
  const replay = sent('replay', 'shop', 5)
  expect(earlierDelivery(replay as never, all as never)).toMatchObject({ id: 'two' })
  expect(earlierDelivery(sent('other', 'crm', 5) as never, all as never)).toMatchObject({ id: 'three' })
  expect(earlierDelivery(sent('first', 'shop', 0) as never, all as never)).toBeNull()
})
