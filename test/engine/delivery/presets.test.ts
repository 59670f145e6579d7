import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { POLICY_PRESETS, resolvePolicy } from '#main/engine/delivery/policies.ts'
import { nextWaitMs, plannedWaitsMs } from '#main/engine/delivery/retry-schedule.ts'
import { providers } from '#main/providers/index.ts'
import { AppError } from '#shared/model/app-error.ts'
import { Policy } from '#shared/model/policy.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NO_LIMIT = 1_000_000
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const presets = fc.constantFrom(...POLICY_PRESETS)

const waitsOf = (id: string): number[] => plannedWaitsMs(resolvePolicy(id).schedule, 0, NO_LIMIT)
const total = (waits: readonly number[]): number => waits.reduce((sum, wait) => sum + wait, 0)

describe('the presets', () => {
  it('ENG-4 are the seeds’ and at least 25 more, each under a name of its own', () => {
    const ids = POLICY_PRESETS.map(({ id }) => id)
    expect(ids.slice(0, 5)).toEqual(['standard', 'crawlux', 'apifycloud', 'lumar', 'once'])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(30)
  })

  it.each(POLICY_PRESETS.map((preset) => [preset.id, preset] as const))(
    '%s parses, is described, and says where its facts come from',
    (id, { policy, description, facts }) => {
      expect(Policy.strict().parse(policy)).toEqual(policy)
      expect(policy.preset).toBe(id)
      expect(description).toMatch(/^.{20,}\.$/)
      expect(facts.source.length).toBeGreaterThan(10)
      expect(facts.checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(new Set(POLICY_PRESETS.map((other) => other.description)).size).toBe(POLICY_PRESETS.length)
    },
  )

  it('ENG-3 sign as nobody, or as a provider that Hookloop can sign as', () => {
    const able = providers.filter(({ signing }) => signing !== null).map(({ id }) => id)
    for (const { policy } of POLICY_PRESETS) expect(['none', ...able]).toContain(policy.provider)
    expect(resolvePolicy('stripe-sandbox').provider).toBe('stripe')
    expect(resolvePolicy('once').provider).toBe('none')
  })

  it('ENG-4 end after 30 days at most, and hold no wait that is negative or past the jitter', () => {
    fc.assert(
      fc.property(presets, fraction, ({ policy: { schedule } }, chance) => {
        const waits = plannedWaitsMs(schedule, 0, NO_LIMIT)
        expect(total(waits)).toBeLessThanOrEqual(30 * DAY)
        for (const [index, plain] of waits.entries()) {
          const wait = nextWaitMs(schedule, index + 1, chance)!
          expect(wait).toBeGreaterThanOrEqual(0)
          expect(Math.abs(wait - plain)).toBeLessThanOrEqual(plain * schedule.jitter + 1)
          expect(plain).toBeLessThanOrEqual(schedule.kind === 'exponential' ? schedule.capMs : plain)
        }
        expect(nextWaitMs(schedule, waits.length + 1, chance)).toBeNull()
      }),
    )
  })

  it('ENG-4 adyen tries at once three times, then ever later, then every 8 h for 30 days', () => {
    const waits = waitsOf('adyen')
    expect(waits.slice(0, 11)).toEqual([
      ...[0, 0, 0, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
      ...[1, 2, 4].map((n) => n * HOUR),
    ])
    expect(new Set(waits.slice(11))).toEqual(new Set([8 * HOUR]))
    expect(total(waits)).toBeGreaterThan(30 * DAY - 8 * HOUR)
    expect(resolvePolicy('adyen').ordered).toBe(true)
  })

  it.each([
    ['svix', 7, 99_305 * SECOND],
    ['slack', 3, 6 * MINUTE],
    ['zoom', 3, 85 * MINUTE],
    ['paddle', 60, 3 * DAY],
    ['mailgun', 7, 8 * HOUR + 5 * MINUTE],
    ['postmark', 9, 72 * MINUTE],
    ['circle', 11, 36 * HOUR + 16 * MINUTE + 41 * SECOND],
    ['wix', 12, 47 * HOUR + 11 * MINUTE],
    ['paymongo', 12, 136.5 * MINUTE],
    ['paypal', 25, 3 * DAY],
    ['nmi', 20, 3 * DAY],
    ['github', 0, 0],
    ['sanity', 2, MINUTE],
    ['linear', 3, 7 * HOUR + MINUTE],
    ['pusher-beams', 4, 460 * SECOND],
  ])('ENG-4 %s retries %i times over its time', (id, retries, overMs) => {
    const waits = waitsOf(id)
    expect(waits).toHaveLength(retries)
    expect(Math.abs(total(waits) - overMs)).toBeLessThan(SECOND)
  })

  it.each([
    ['stripe', 2.8 * DAY, 3 * DAY],
    ['shopify', 3.9 * HOUR, 4 * HOUR],
    ['mollie', 25.5 * HOUR, 26.5 * HOUR],
    ['ticket-tailor', 64.5 * HOUR, 65.5 * HOUR],
    ['typeform', 9.9 * HOUR, 10 * HOUR],
    ['hubspot', 23 * HOUR, 24 * HOUR],
    ['pusher', 4 * MINUTE, 5 * MINUTE],
  ])('ENG-4 %s ends when it says', (id, earliestMs, latestMs) => {
    expect(total(waitsOf(id))).toBeGreaterThanOrEqual(earliestMs)
    expect(total(waitsOf(id))).toBeLessThanOrEqual(latestMs)
  })

  it('ENG-4 recurly waits 10 + x·2^(x+5) seconds', () => {
    expect(waitsOf('recurly').slice(0, 4)).toEqual([10, 74, 266, 778].map((seconds) => seconds * SECOND))
    expect(waitsOf('recurly')).toHaveLength(10)
  })

  it('ENG-14 shopify keeps the address that a message was made for', () => {
    expect(resolvePolicy('shopify').scheduled).toBe('keep')
    expect(resolvePolicy('standard').scheduled).toBe('follow')
  })

  it('APC-2 refuses a timeout above 10 s when it is set', () => {
    expect(resolvePolicy({ preset: 'apifycloud', timeoutMs: 10_000 }).timeoutMs).toBe(10_000)
    expect(resolvePolicy({ preset: 'apifycloud', timeoutMs: 500 }).timeoutMs).toBe(500)
    const refused = () => resolvePolicy({ preset: 'apifycloud', timeoutMs: 10_001 })
    expect(refused).toThrow(AppError)
    expect(refused).toThrow(expect.objectContaining({ code: 'invalid_request', field: 'policy.timeoutMs' }))
    expect(resolvePolicy({ preset: 'standard', timeoutMs: 60_000 }).timeoutMs).toBe(60_000)
  })
})
