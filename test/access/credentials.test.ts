import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryVault } from '#main/adapters/memory/memory-vault.ts'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createLockout } from '#main/api/access/lockout.ts'
import { createAuthorizer } from '#main/api/http/authorize.ts'
import { VaultLockedError } from '#main/engine/ports.ts'
import { type ApiRig, startApiRig, TEST_TOKEN } from '#test/support/api-rig.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { createFakeClock, settle } from '#test/support/fake-clock.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { systemRandom } from '#main/adapters/system/system-random.ts'
import { newKeyText } from '#main/engine/access/key-text.ts'
import { bearing, makeKey, statusWith } from './key-calls.ts'

describe('who is let in', () => {
  const clock = createFakeClock()
  let rig: ApiRig
  beforeAll(async () => {
    rig = await startApiRig({ clock, parts: { clock } })
  })
  afterAll(() => rig.stop())

  /** Waits until what an address did wrong is forgotten. */
  const forget = () => clock.advance(60_000)

  it('SE14 answers an unknown, a wrong, an expired, a revoked and a rotated key alike', async () => {
    const known = await makeKey(rig)
    const expired = await makeKey(rig, { expiresAt: new Date(clock.now() + 1_000).toISOString() })
    const revoked = await makeKey(rig)
    await rig.call('DELETE', `/keys/${revoked.id}`)
    const rotated = await makeKey(rig)
    await rig.call('POST', `/keys/${rotated.id}/rotate`, {})
    await clock.advance(1_000)
    const wrongEnd = known.secret.slice(0, -1) + (known.secret.endsWith('0') ? '1' : '0')
    const missing = await (await rig.call('GET', '/caller', undefined, { authorization: '' })).text()
    const wrong = [
      newKeyText(systemRandom),
      wrongEnd,
      known.secret.slice(0, -1),
      `${known.secret}0`,
      known.secret.toUpperCase(),
      known.prefix,
      `${known.prefix}_`,
      expired.secret,
      revoked.secret,
      rotated.secret,
      'hlk_',
      '__proto__',
    ]
    for (const secret of wrong) {
      const response = await rig.call('GET', '/caller', undefined, bearing(secret))
      expect(response.status, secret).toBe(401)
      expect(await response.text(), secret).toBe(missing)
    }
    expect(await statusWith(rig, known.secret)).toBe(200)
    await forget()
  })

  it('SE14 takes no key from the address of a request, not even beside a right one', async () => {
    const { secret } = await makeKey(rig)
    for (const query of [`token=${secret}`, `api_key=${secret}`, `q=${secret}`, `key=${secret}`]) {
      expect((await rig.call('GET', `/caller?${query}`, undefined, { authorization: '' })).status, query).toBe(401)
      expect(await statusWith(rig, secret, `/caller?${query}`), query).toBe(401)
    }
  })

  it('SE14 turns an address away that sends one wrong key after another, and takes a right one all the same', async () => {
    const { secret } = await makeKey(rig)
    const statuses: number[] = []
    for (let count = 0; count < 40; count += 1) statuses.push(await statusWith(rig, newKeyText(systemRandom)))
    expect(statuses.filter((status) => status === 401)).toHaveLength(30)
    const turnedAway = await rig.call('GET', '/caller', undefined, bearing('hlk_wrong'))
    expect(turnedAway.status).toBe(429)
    expect(turnedAway.headers.get('retry-after')).toBe('60')
    expect(await turnedAway.json()).toMatchObject({ error: { code: 'too_many_attempts' } })
    expect(await statusWith(rig, secret)).toBe(200)
    expect(await statusWith(rig, TEST_TOKEN)).toBe(200)
    expect((await rig.call('GET', '/caller', undefined, { authorization: '' })).status).toBe(401)
    await forget()
    expect(await statusWith(rig, newKeyText(systemRandom))).toBe(401)
  })

  it('SE14 withstands 10,000 wrong keys, among them near misses, and says so once', async () => {
    const test = await createTestEngine({ clock })
    const log = createFakeLog()
    const authorize = createAuthorizer({
      token: TEST_TOKEN,
      isTokenLocal: false,
      admit: test.engine.keys.admit,
      clock,
      log,
    })
    const owner = { name: 'owner', kind: 'owner', keyId: null, address: null, scopes: 'all', projectId: null } as const
    const input = { name: 'CI', scopes: ['events:read'], projectId: null } as const
    const { secret } = await test.engine.keys.create(owner, input)
    const ask = (text: string, address = '203.0.113.9') =>
      authorize({ authorization: `Bearer ${text}`, query: new URLSearchParams(), address, isHere: false })
    for (let count = 0; count < 10_000; count += 1) {
      const end = newKeyText(systemRandom)
      const answer = await ask(count % 2 === 0 ? end : secret.slice(0, 15) + end.slice(15))
      expect(answer.kind).toBe('refused')
    }
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
    expect((await ask(secret)).kind).toBe('admitted')
    expect(await ask(TEST_TOKEN)).toMatchObject({ kind: 'admitted', stands: null })
    expect(await ask('hlk_wrong', '203.0.113.10')).toMatchObject({ refusal: { code: 'unauthorized' } })
    await test.stop()
  })

  it('SE14 counts an IPv6 network as one, and forgets the oldest addresses in a crowd', () => {
    const lockout = createLockout(() => {})
    for (let count = 0; count < 30; count += 1) lockout.fail(`2001:db8::${count.toString(16)}`, 0)
    expect(lockout.fail('2001:db8:0:0:1:2:3:4', 0)).toBe(60_000)
    expect(lockout.fail('2001:db8:0:1::1', 0)).toBe(0)
    expect(lockout.fail('::1', 0)).toBe(0)
    for (let count = 0; count < 10_000; count += 1) lockout.fail(`10.${count >> 8}.${count % 256}.1`, 0)
    expect(lockout.fail('2001:db8::1', 0)).toBe(0)
  })

  it('SE21 closes a feed within 5 s once its key is revoked, expired, rotated or changed, and no other', async () => {
    const scopes = ['deliveries:read'] as const
    const inAnHour = new Date(clock.now() + 3_600_000).toISOString()
    const stays = await follow((await makeKey(rig, { scopes: [...scopes] })).secret)
    const owners = await follow(TEST_TOKEN)
    for (const fell of ['revoked', 'rotated', 'changed', 'expired'] as const) {
      const { id, secret } = await makeKey(rig, { scopes: [...scopes], expiresAt: inAnHour })
      const feed = await follow(secret)
      if (fell === 'revoked') await rig.call('DELETE', `/keys/${id}`)
      if (fell === 'rotated') await rig.call('POST', `/keys/${id}/rotate`, {})
      if (fell === 'changed') await rig.call('PATCH', `/keys/${id}`, { scopes: ['events:read'] })
      if (fell === 'expired') await clock.advance(3_600_000)
      await clock.advance(5_000)
      await feed.ended
    }
    await settle()
    expect([stays.isOpen(), owners.isOpen()]).toEqual([true, true])
    stays.leave()
    owners.leave()
  })

  it('SE21 lets the call finish that revokes the very key that it came with', async () => {
    const { id, secret } = await makeKey(rig, { scopes: ['keys:write'] })
    const response = await rig.call('DELETE', `/keys/${id}`, undefined, bearing(secret))
    expect(await response.json()).toMatchObject({ state: 'revoked' })
    expect(await statusWith(rig, secret)).toBe(401)
  })

  it('SE14 takes no key where the vault cannot open their hash key, and still takes the token', async () => {
    const store = createMemoryStore()
    const before = await startApiRig({ parts: { store } })
    const { secret } = await makeKey(before)
    await before.stop()
    const locked = { ...createMemoryVault(), openKey: () => Promise.reject(new VaultLockedError()) }
    const after = await startApiRig({ parts: { store, vault: locked } })
    expect(await statusWith(after, secret)).toBe(401)
    expect(await statusWith(after, TEST_TOKEN)).toBe(200)
    await after.stop()
  })

  /** Follows the feed; resolves once it is open. */
  async function follow(secret: string) {
    const leaving = new AbortController()
    const response = await fetch(`${rig.origin}/api/v1/feed`, { headers: bearing(secret), signal: leaving.signal })
    const reader = response.body!.getReader()
    await reader.read()
    let isOpen = true
    const ended = (async () => {
      while (!(await reader.read()).done);
    })()
      .catch(() => {})
      .finally(() => (isOpen = false))
    return { ended, isOpen: () => isOpen, leave: () => leaving.abort() }
  }
})
