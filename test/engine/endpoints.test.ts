import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIdleEngine, type IdleEngine } from './idle-engine.ts'

let idle: IdleEngine
beforeEach(async () => {
  idle = await createIdleEngine()
})
afterEach(() => idle.stop())

describe('configuring an endpoint', () => {
  it.each([
    ['no URL at all', 'localhost', 'url'],
    ['another scheme', 'ftp://localhost/hook', 'url'],
    ['a password in the URL', 'https://me:hunter2@localhost/', 'url'],
  ])('refuses %s and names the field', async (_case, url, field) => {
    const refused = await idle.create('bad', ['*'], { url }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'invalid_request', field })
    expect(String(refused)).not.toContain('hunter2')
  })

  it('SE09 refuses a header with a line break, naming it and not its value', async () => {
    const refused = await idle
      .create('bad', ['*'], { headers: [['X-Token', 'canary\r\nX-Evil: 1']] })
      .catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'invalid_request', field: 'headers.0.1' })
    expect(String(refused)).toContain('X-Token')
    expect(String(refused)).not.toContain('canary')
  })

  it('refuses headers that belong to the connection or to Hookloop', async () => {
    for (const name of ['Host', 'content-length', 'Transfer-Encoding', 'Hookloop-Event']) {
      await expect(idle.create('bad', ['*'], { headers: [[name, 'x']] })).rejects.toMatchObject({
        field: 'headers.0.0',
      })
    }
  })

  it('refuses a policy and a provider that do not exist', async () => {
    await expect(idle.create('bad', ['*'], { policy: 'never' })).rejects.toMatchObject({ field: 'policy' })
    await expect(idle.create('bad', ['*'], { provider: 'nobody' })).rejects.toMatchObject({ code: 'unknown_provider' })
  })

  it('EN20 each change is a version of its own, and the earlier ones stay as they were', async () => {
    const { endpoint } = await idle.create('first name', ['*'])
    const renamed = await idle.engine.endpoints.update(endpoint, { name: 'second name' }, { name: 'ann' })
    const same = await idle.engine.endpoints.update(renamed, { name: 'second name' }, { name: 'ann' })
    expect(same.version.id).toBe(renamed.version.id)
    const versions = await idle.store.endpoints.versions(endpoint.id)
    expect(versions.map(({ number, actor, config }) => [number, actor, config.name])).toEqual([
      [2, 'ann', 'second name'],
      [1, 'test', 'first name'],
    ])
  })

  it('EN20 changes at the same moment follow one another, and none is lost', async () => {
    const { endpoint } = await idle.create('first name', ['*'])
    await Promise.all([
      idle.engine.endpoints.update(endpoint, { name: 'second name' }, { name: 'ann' }),
      idle.engine.endpoints.update(endpoint, { eventTypes: ['*', 'order.*'] }, { name: 'ann' }),
      idle.engine.endpoints.update(endpoint, { forwardPath: true }, { name: 'ann' }),
    ])
    const [{ number, config } = { number: 0, config: null }] = await idle.store.endpoints.versions(endpoint.id)
    expect(number).toBe(4)
    expect(config).toMatchObject({ name: 'second name', eventTypes: ['*', 'order.*'], forwardPath: true })
  })

  it('EN20 a change of an endpoint that is deleted meanwhile is refused, and brings nothing back', async () => {
    const { endpoint } = await idle.create('first name', ['*'])
    await idle.engine.endpoints.delete(endpoint)
    const late = idle.engine.endpoints.update(endpoint, { name: 'second name' }, { name: 'ann' })
    await expect(late).rejects.toMatchObject({ code: 'not_found' })
    expect(idle.engine.endpoints.find(endpoint.projectId, endpoint.id)).toBeNull()
  })

  it('gives the signing secret once and stores it sealed', async () => {
    const { endpoint, secret } = await idle.create('signed', ['*'])
    expect(secret).toMatch(/^whsec_/)
    const [sealed] = await idle.engine.endpoints.secrets(endpoint)
    expect(Buffer.from(sealed!.sealed).includes(Buffer.from(secret!))).toBe(false)
  })

  it('makes no secret where nobody signs, and refuses one that would not be used', async () => {
    expect((await idle.create('plain', ['*'], { provider: 'none' })).secret).toBeNull()
    await expect(idle.create('plain', ['*'], { provider: 'none', secret: 'unused' })).rejects.toMatchObject({
      field: 'secret',
    })
  })

  it('refuses a secret that the provider cannot sign with, without repeating it', async () => {
    const refused = await idle.create('bad', ['*'], { secret: 'canary!' }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'invalid_request', field: 'secret' })
    expect(String(refused)).not.toContain('canary')
  })

  it('refuses a change of signer for which it has no secret', async () => {
    const { endpoint } = await idle.create('plain', ['*'], { provider: 'none' })
    await expect(
      idle.engine.endpoints.update(endpoint, { provider: 'standard-webhooks' }, idle.actor),
    ).rejects.toMatchObject({ field: 'provider' })
  })

  it('ENG-6b `enabled: false` is a pause by hand and `enabled: true` ends it', async () => {
    const { endpoint } = await idle.create('switch', ['*'])
    const off = await idle.engine.endpoints.update(endpoint, { enabled: false }, idle.actor)
    expect(off).toMatchObject({ state: 'paused', pausedReason: 'manual' })
    const on = await idle.engine.endpoints.update(off, { enabled: true }, idle.actor)
    expect(on).toMatchObject({ state: 'active', pausedReason: null })
    expect(() => idle.engine.endpoints.resume(on, 'release')).toThrow('not paused')
  })
})
