import { expect, it } from 'vitest'
import { tendYoungPart, YOUNG_BYTES, youngPart, type YoungPart } from '#main/compose/process/young-part.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'

/** A young part that V8 doubles at the next look where it may and something is done. */
function rig() {
  const clock = createFakeClock()
  const state = { bytes: YOUNG_BYTES / 4, busy: 0, mayGrow: true, looks: 0 }
  const part: YoungPart = {
    bytes: () => state.bytes,
    busyShare() {
      state.looks += 1
      return state.busy
    },
    allowGrowth: (isAllowed) => void (state.mayGrow = isAllowed),
  }
  const end = tendYoungPart(part, clock)
  return { clock, state, end }
}

it('DL31 the young part of the heap grows under load, up to its size', async () => {
  const { clock, state, end } = rig()
  expect(state.mayGrow).toBe(false)
  state.busy = 0.5
  await clock.advance(1_000)
  expect(state.mayGrow).toBe(true)
  state.bytes = YOUNG_BYTES
  await clock.advance(50)
  expect(state.mayGrow).toBe(false)
  // V8 gave it back while there was no work.
  state.bytes = YOUNG_BYTES / 4
  await clock.advance(1_000)
  expect(state.mayGrow).toBe(true)
  end()
  expect(state.mayGrow).toBe(false)
  const { looks } = state
  await clock.advance(10_000)
  expect(state.looks).toBe(looks)
})

it('DL31 a program at rest is looked at once a second, and its young part stays small', async () => {
  const { clock, state, end } = rig()
  await clock.advance(10_000)
  expect(state).toMatchObject({ looks: 11, mayGrow: false })
  end()
})

it('DL31 the young part of this process is as large as V8 says', () => {
  const part = youngPart()
  expect(part.bytes()).toBeGreaterThanOrEqual(512 * 1024)
  expect(part.bytes() % 1024).toBe(0)
  expect(part.busyShare()).toBeGreaterThanOrEqual(0)
})
