import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createIds } from '#main/adapters/system/ids.ts'
import { createLog } from '#main/adapters/system/log.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { systemRandom } from '#main/adapters/system/system-random.ts'
import { EventId } from '#shared/model/ids.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'

describe('Ids', () => {
  it('have the shape of the model and only grow, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100_000, max: 5 }), { minLength: 1, maxLength: 200 }), (steps) => {
        let now = 1_767_355_200_000
        const ids = createIds({ clock: { now: () => now }, random: systemRandom })
        const made = steps.map((step) => {
          now += step
          return ids.next('evt')
        })
        for (const id of made) expect(EventId.safeParse(id).success).toBe(true)
        expect(made).toEqual(made.toSorted())
        expect(new Set(made).size).toBe(made.length)
      }),
    )
  })

  it('are version 7 UUIDs that begin with the time', () => {
    const ids = createIds({ clock: { now: () => 1_767_355_200_000 }, random: systemRandom })
    const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    let value = 0n
    for (const digit of ids.next('evt').slice(4)) value = value * 32n + BigInt(digits.indexOf(digit))
    expect(value >> 80n).toBe(1_767_355_200_000n)
    expect((value >> 76n) & 15n).toBe(7n)
    expect((value >> 62n) & 3n).toBe(2n)
  })

  it('stay in order when one millisecond runs out of them', () => {
    const full = { fraction: () => 0, bytes: (length: number) => new Uint8Array(length).fill(255) }
    const ids = createIds({ clock: { now: () => 1 }, random: full })
    const made = Array.from({ length: 50 }, () => ids.next('dlv'))
    expect(made).toEqual(made.toSorted())
  })
})

describe('The system clock', () => {
  afterEach(() => void vi.useRealTimers())

  it('M16 waits 60 days and not a moment less', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const task = vi.fn<() => void>()
    const days = 60 * 86_400_000
    systemClock.after(days, task)
    vi.advanceTimersByTime(days - 1)
    expect(task).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(task).toHaveBeenCalledOnce()
  })

  it('M16 cancels a long wait also after it was armed again', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const task = vi.fn<() => void>()
    const cancel = systemClock.after(60 * 86_400_000, task)
    vi.advanceTimersByTime(50 * 86_400_000)
    cancel()
    vi.advanceTimersByTime(50 * 86_400_000)
    expect(task).not.toHaveBeenCalled()
  })
})

describe('The tests’ clock', () => {
  it('runs what falls due in order, also what was armed on the way', async () => {
    const clock = createFakeClock(1_000)
    const seen: number[] = []
    clock.after(20, () => void seen.push(clock.now()))
    clock.after(10, () => {
      seen.push(clock.now())
      void Promise.resolve().then(() => clock.after(5, () => seen.push(clock.now())))
    })
    clock.after(10, () => void seen.push(-1))()
    await clock.advance(19)
    expect(seen).toEqual([1_010, 1_015])
    clock.setWall(0)
    await clock.advance(1)
    expect(seen).toEqual([1_010, 1_015, 1])
    expect(clock.monotonic()).toBe(20)
    expect(clock.pending()).toEqual([])
  })
})

describe('The log', () => {
  it('SEC-3 writes one JSON object a line and hides what is named like a secret', () => {
    const lines: string[] = []
    const log = createLog({ write: (line) => lines.push(line) })
    log.info('Ready\nnow', {
      port: 4780,
      token: 'canary-1',
      headers: { Authorization: 'canary-2' },
      secret: 'canary-3',
    })
    expect(lines).toHaveLength(1)
    expect(lines[0]!.trimEnd()).not.toContain('\n')
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'info', msg: 'Ready\nnow', port: 4780 })
    expect(lines[0]).not.toContain('canary')
  })

  it('keeps to warnings and errors when it is asked to be quiet', () => {
    const lines: string[] = []
    const log = createLog({ quiet: true, write: (line) => lines.push(line) })
    log.info('a')
    log.warn('b')
    log.error('c')
    expect(lines.map((line) => JSON.parse(line) as { msg: string }).map(({ msg }) => msg)).toEqual(['b', 'c'])
  })
})
