import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createMemoryVault } from '#main/adapters/memory/memory-vault.ts'
import type { Engine } from '#main/engine/engine.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { providerOf, signedRequest } from '#test/providers/signed-request.ts'
import { startConfigurationRig, type Fields } from './configuration-rig.ts'

const NEWEST = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const OLDER = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

const idsOf = (source: Fields) => (source['secrets'] as { id: string }[]).map(({ id }) => id)

async function capture(engine: Engine, secret: string) {
  const source = engine.capture.sourceOf('std')!
  const { signing } = providerOf('standard-webhooks')
  const receivedAt = Date.now()
  const signed = signedRequest(signing!, { body: Buffer.from('{}'), secrets: [secret], nowMs: receivedAt, url: '' })
  const { event } = await engine.capture.record(source, {
    capture: 'complete',
    captureNote: null,
    receivedAt,
    method: 'POST',
    path: '/in/std',
    query: null,
    httpVersion: '1.1',
    headers: signed.headers,
    body: signed.body,
    declaredSizeBytes: null,
    remoteAddress: null,
    trailers: [],
  })
  return (await engine.events.get(event.projectId, event.id)).findings.verdict
}

const reasonOf = async (engine: Engine, secret: string) => {
  const { verdict, reason } = (await capture(engine, secret))!
  return reason ?? verdict
}

describe('secrets of a source', () => {
  it('SEC-3 CAP-5 are told by id and age alone, and lie nowhere in clear: not in answers, files or logs', async () => {
    const rig = await startConfigurationRig()
    const fields = { name: 'Std', slug: 'std', provider: 'standard-webhooks', secrets: [NEWEST, OLDER] }
    const { status, body } = await rig.json('POST', '/sources', fields)
    expect(status).toBe(201)
    expect(body['secrets']).toEqual(
      [1, 2].map(() => ({ id: expect.stringMatching(/^sec_/), createdAt: expect.any(String) })),
    )
    expect(await reasonOf(rig.engine, NEWEST)).toBe('valid')
    await rig.json('GET', '/sources')
    await rig.json('PATCH', '/sources/std', { secrets: ['whsec_c4n4ry%', NEWEST] })
    const everything = rig.answers.join() + JSON.stringify(rig.log.lines) + rig.storedBytes().toString('latin1')
    for (const secret of [NEWEST, OLDER, 'c4n4ry']) {
      expect(everything.includes(secret.replace('whsec_', ''))).toBe(false)
    }
  })

  it('CAP-5 SE33 are refused together where several are wrong, and nothing of it is left unheard', async () => {
    const rig = await startConfigurationRig()
    const secrets = [{ id: 'sec_01JD8Z5K3WQ7M0X2T9B4C6E8FA' }, 'whsec_not base64%']
    const fields = { name: 'Std', slug: 'std', provider: 'standard-webhooks', secrets }
    const { status, body } = await rig.json('POST', '/sources', fields)
    expect(status).toBe(400)
    expect(body['error']).toMatchObject({ field: expect.stringMatching(/^secrets\.[01]$/) })
  })

  it('CAP-5 are replaced, rotated by id and removed, and count from the next request on', async () => {
    const rig = await startConfigurationRig()
    const change = async (secrets: unknown) => (await rig.json('PATCH', '/sources/std', { secrets })).body
    const fields = { name: 'Std', slug: 'std', provider: 'standard-webhooks', secrets: [OLDER] }
    const { body: created } = await rig.json('POST', '/sources', fields)
    expect(await reasonOf(rig.engine, OLDER)).toBe('valid')
    const rotated = await change([NEWEST, { id: idsOf(created)[0] }])
    expect(idsOf(rotated)[1]).toBe(idsOf(created)[0])
    expect(await reasonOf(rig.engine, NEWEST)).toBe('valid')
    expect(await reasonOf(rig.engine, OLDER)).toBe('previous_secret')
    await change([{ id: idsOf(rotated)[0] }])
    expect(await reasonOf(rig.engine, OLDER)).toBe('signature_mismatch')
    await rig.json('PATCH', '/sources/std', { name: 'Renamed' })
    expect(await reasonOf(rig.engine, NEWEST)).toBe('valid')
    expect((await change([]))['secrets']).toEqual([])
    expect(await reasonOf(rig.engine, NEWEST)).toBe('no_secret')
  })

  it.each([
    ['a value that the provider cannot use', ['standard-webhooks', ['whsec_%%%']], 'secrets.0', /not base64/],
    ['one with a line break around it', ['github', ['fine', 'pasted\n']], 'secrets.1', /space or line break/],
    ['what is no key for a sender with a key pair', ['discord', ['abc']], 'secrets.0', /public key/],
    ['one that nobody would use', [null, ['abc']], 'secrets.0', /no sender that signs/],
    ['an id of nothing', ['github', [{ id: 'sec_01JD8Z5K3WQ7M0X2T9B4C6E8FA' }]], 'secrets.0', /no secret sec_/],
    ['an empty one', ['github', ['']], 'secrets.0', /`secrets.0` must be given/],
    ['a number', ['github', [7]], 'secrets.0', /`secrets.0` must be text/],
  ] as const)('CAP-5 refuse %s, naming the field', async (_what, [provider, secrets], field, message) => {
    const rig = await startConfigurationRig()
    const { status, body } = await rig.json('POST', '/sources', { name: 'S', slug: 's', provider, secrets })
    expect(status).toBe(400)
    expect(body['error']).toMatchObject({ field, message: expect.stringMatching(message) })
    expect(rig.engine.capture.sourceOf('s')).toBeNull()
  })

  it('CAP-5 may be a public key where the sender signs with a private one', async () => {
    const rig = await startConfigurationRig()
    const key = '3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29'
    const fields = { name: 'S', slug: 's', provider: 'discord', secrets: [key] }
    expect((await rig.json('POST', '/sources', fields)).status).toBe(201)
  })

  it('CAP-5 refuse another sender that could not use them, and one stored secret named twice', async () => {
    const rig = await startConfigurationRig()
    const fields = { name: 'S', slug: 's', provider: 'github', secrets: ['no-base64-at-all'] }
    const { body } = await rig.json('POST', '/sources', fields)
    const [id] = idsOf(body)
    const refused = await rig.json('PATCH', '/sources/s', { provider: 'standard-webhooks' })
    expect(refused).toMatchObject({ status: 400, body: { error: { field: 'secrets.0' } } })
    expect((await rig.json('PATCH', '/sources/s', { secrets: [{ id }, { id }] })).status).toBe(400)
    expect((await rig.json('PATCH', '/sources/s', { provider: null })).body['secrets']).toHaveLength(1)
    expect((await rig.json('PATCH', '/sources/s', { provider: 'github', secrets: [{ id }] })).status).toBe(200)
    expect((await rig.json('PATCH', '/sources/s', { provider: 'svix', secrets: [NEWEST] })).status).toBe(200)
  })

  it('CAP-5 refuse two wrong ones with one answer, and break nothing', async () => {
    const rig = await startConfigurationRig()
    const secrets = [{ id: 'sec_01JD8Z5K3WQ7M0X2T9B4C6E8FA' }, 'not base64 at all!']
    const fields = { name: 'Std', slug: 'std', provider: 'standard-webhooks', secrets }
    expect((await rig.json('POST', '/sources', fields)).status).toBe(400)
  })

  it('CAP-5 that cannot be opened leave a request unchecked, and its sender no error', async () => {
    const store = createMemoryStore()
    const before = await createTestEngine({ store })
    const project = before.engine.projects.resolve('default')
    const fields = { name: 'Std', slug: 'std', provider: 'standard-webhooks', secrets: [NEWEST] }
    await before.engine.sources.create(project.id, fields)
    await before.engine.stop(0)
    const log = createFakeLog()
    const { engine, stop } = await createTestEngine({ store, vault: createMemoryVault(), log })
    for (let index = 0; index < 2; index++) expect(await reasonOf(engine, NEWEST)).toBe('no_secret')
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { source: 'std' } }])
    await engine.sources.update(engine.sources.resolve(project.id, 'std'), { secrets: [] })
    expect(await reasonOf(engine, NEWEST)).toBe('no_secret')
    await stop()
  })
})
