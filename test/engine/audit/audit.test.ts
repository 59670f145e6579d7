import { expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { SYSTEM_ACTOR } from '#main/engine/engine.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { answered } from '../delivery/dispatch-rig.ts'
import { createRunningEngine } from '../running-engine.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { EVERY_ENTRY } from '#test/support/every-entry.ts'

const KEY = { name: 'ci', kind: 'key' as const, keyId: 'key_1', address: '10.0.0.9' }

it('SEC-5 puts what was begun when the program ended on record at its next start', async () => {
  const store = createMemoryStore()
  const before = await createTestEngine({ store })
  await before.engine.audit.begin({ actor: KEY, action: 'endpoint.delete', target: { id: 'end_1', name: 'Orders' } })
  const ended = await before.engine.audit.begin({ actor: KEY, action: 'source.delete' })
  await ended.end({ outcome: 'done' })
  await store.audit.intend('no JSON at all')

  const after = await createTestEngine({ store })
  const { items } = await after.engine.audit.list(EVERY_ENTRY)
  expect(items.map(({ action, outcome, actorName }) => `${actorName} ${action} ${outcome}`)).toEqual([
    'hookloop audit.unreadable_intent interrupted',
    'ci endpoint.delete interrupted',
    'ci source.delete done',
  ])
  expect(items[1]).toMatchObject({
    keyId: 'key_1',
    address: '10.0.0.9',
    targetName: 'Orders',
  })
  expect(await store.audit.intents()).toEqual([])
})

it('SEC-5 records a refused try once a minute for each actor and action, so that nobody fills the log', async () => {
  const clock = createFakeClock()
  const { engine } = await createTestEngine({ clock })
  const refused = { actor: KEY, action: 'endpoint.delete', code: 'forbidden' }
  for (let tries = 0; tries < 5; tries++) await engine.audit.recordRefusal(refused)
  await engine.audit.recordRefusal({ ...refused, action: 'source.delete' })
  await engine.audit.recordRefusal({ ...refused, actor: { ...KEY, keyId: 'key_2' } })
  await clock.advance(61_000)
  await engine.audit.recordRefusal(refused)
  expect((await engine.audit.list(EVERY_ENTRY)).items).toHaveLength(4)
})

it('SEC-5 counts a refused try as told only once it is on record, whoever else waits for that', async () => {
  const store = createMemoryStore()
  let failures = 1
  const audit = {
    ...store.audit,
    append: async (step: Parameters<typeof store.audit.append>[0]) => {
      await Promise.resolve()
      if (failures-- > 0) throw new Error('disk full')
      return store.audit.append(step)
    },
  }
  const { engine } = await createTestEngine({ store: { ...store, audit }, clock: createFakeClock() })
  const refused = { actor: KEY, action: 'endpoint.delete', code: 'forbidden' }
  const tries = await Promise.allSettled([1, 2, 3].map(() => engine.audit.recordRefusal(refused)))
  expect(tries.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  expect((await engine.audit.list(EVERY_ENTRY)).items).toHaveLength(1)
  await engine.audit.recordRefusal(refused)
  expect((await engine.audit.list(EVERY_ENTRY)).items).toHaveLength(1)
})

it('SE37 keeps every text of an entry on one line, cut', async () => {
  const { engine } = await createTestEngine()
  const entry = await engine.audit.record({
    actor: SYSTEM_ACTOR,
    action: 'endpoint.pause',
    outcome: 'done',
    target: { name: `a\r\n\u001b[2J${'b'.repeat(2_000_000)}` },
    detail: { facts: { 'k\n': '\u202Ex' }, changes: [{ field: 'f', before: ['\u0000', { x: '\u0007' }] }] },
  })
  expect(entry.targetName).toMatch(/^a\\u000d\\u000a\\u001b\[2Jb+…$/)
  expect(entry.targetName!.length).toBe(300)
  expect(entry.detail.facts).toEqual({ 'k\\u000a': '\\u202ex' })
  expect(entry.detail.changes[0]!.before).toEqual(['\\u0000', { x: '\\u0007' }])
})

it('SEC-5 records what Hookloop itself does to an endpoint: once when it pauses it, once when a probe brings it back', async () => {
  let isDown = true
  const rig = await createRunningEngine({ answer: () => answered(isDown ? 500 : 200) })
  const breaker = { consecutiveFailures: 2, probeAfterMs: 60_000 }
  const { id } = await rig.addEndpoint({ policy: { preset: 'standard', breaker } })
  await rig.compose()
  await rig.compose()
  await rig.clock.advance(5 * 60_000)
  isDown = false
  await rig.clock.advance(5 * 60_000)
  const { items } = await rig.engine.audit.list({ ...EVERY_ENTRY, target: id })
  expect(items.map(({ action, actorKind, detail }) => [action, actorKind, detail.changes])).toEqual([
    ['endpoint.resume', 'system', [{ field: 'pausedReason', before: 'breaker', after: null }]],
    ['endpoint.pause', 'system', [{ field: 'pausedReason', before: null, after: 'breaker' }]],
  ])
})
