import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { YOUNG_BYTES } from '#main/compose/process/young-part.ts'
import { startRelay } from '#test/support/relay-process.ts'

it('DL31 the relay keeps the young part of its heap small from its first line on, so that no collection is long', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hookloop-heap-'))
  const relay = await startRelay(join(folder, 'data'), [], join(import.meta.dirname, 'young-heap.ts'))
  const said = text(relay.child.stderr!)
  expect(await relay.stop()).toBe(0)
  // Loading the product alone makes it many times as large.
  expect(Number(/young (\d+)/.exec(await said)?.[1])).toBeLessThanOrEqual(YOUNG_BYTES)
  await rm(folder, { recursive: true, force: true })
})
