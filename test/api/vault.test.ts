import { describe, expect, it } from 'vitest'
import { startConfigurationRig, type Fields } from './configuration-rig.ts'

const errorOf = ({ body }: { body: Fields }) => body['error'] as Fields
const secretsOf = (body: Fields) => body['items'] as (Fields & { versions: Fields[] })[]

describe('the secrets by API', () => {
  it('APC-3 CRL-3 lists, adds, owns, rotates, reveals once and removes', async () => {
    const rig = await startConfigurationRig()
    const { id: endpointId } = await rig.create({
      provider: 'standard-webhooks',
      secrets: { token: 'the first value' },
    })
    const added = await rig.json('POST', '/secrets', { endpointId, name: 'made', owner: 'Ana' })
    expect(added).toMatchObject({ status: 201, body: { secret: { name: 'made', owner: 'Ana', isOld: false } } })
    expect(added.body['value']).toMatch(/^[0-9a-f]{64}$/)
    const { body } = await rig.json('GET', `/secrets?endpointId=${String(endpointId)}`)
    expect(secretsOf(body).map(({ name, role }) => [name, role])).toEqual([
      ['signing', 'signing'],
      ['made', 'named'],
      ['token', 'named'],
    ])
    const token = secretsOf(body).at(-1)!
    expect(token).toMatchObject({
      place: { kind: 'endpoint', id: endpointId, name: 'App' },
      isLocked: false,
      ageDays: 0,
      versions: [{ version: 1, revealed: null }],
    })
    expect((await rig.json('PATCH', `/secrets/${String(token['id'])}`, { owner: 'Ben' })).body).toMatchObject({
      owner: 'Ben',
    })

    const revealed = await rig.json('POST', `/secrets/${String(token['id'])}/reveal`)
    expect(revealed).toMatchObject({ status: 200, body: { value: 'the first value', version: 1, left: 9 } })
    const again = await rig.json('POST', `/secrets/${String(token['id'])}/reveal`)
    expect(again.status).toBe(409)
    expect(errorOf(again)).toMatchObject({ code: 'already_revealed', hint: expect.stringContaining('Rotate') })

    const rotated = await rig.json('POST', `/secrets/${String(token['id'])}/rotate`, { overlapHours: 1 })
    const next = rotated.body['secret'] as Fields
    expect(next).toMatchObject({ versions: [{ version: 2 }, { version: 1, expiresAt: rotated.body['previousUntil'] }] })
    const tries = await rig.json('GET', `/reveals?endpointId=${String(endpointId)}`)
    expect(tries.body['items']).toMatchObject([
      { outcome: 'already_revealed', version: 1 },
      { outcome: 'revealed', version: 1, by: { kind: 'owner', address: expect.stringContaining('127.0.0.1') } },
    ])
    const ended = await rig.json('POST', `/secrets/${String(next['id'])}/end-overlap`)
    expect((ended.body as { versions: Fields[] }).versions).toHaveLength(2)
    expect((await rig.json('DELETE', `/secrets/${String(next['id'])}`)).status).toBe(200)
    expect((await rig.json('PATCH', `/secrets/${String(next['id'])}`, { owner: null })).status).toBe(404)
    expect((await rig.json('GET', `/reveals?endpointId=${String(endpointId)}`)).body['items']).toHaveLength(2)
  })

  it('SE13 puts each try in the audit log with who, when and where, and no value', async () => {
    const rig = await startConfigurationRig()
    await rig.create({ provider: 'none', secrets: { token: 'a value that nobody logs' } })
    const { id } = secretsOf((await rig.json('GET', '/secrets')).body)[0]!
    await rig.json('POST', `/secrets/${String(id)}/reveal`)
    await rig.json('POST', `/secrets/${String(id)}/reveal`)
    const { body } = await rig.json('GET', '/audit?action=secret.reveal')
    expect((body['items'] as Fields[]).map(({ action, outcome, code }) => [action, outcome, code])).toEqual([
      ['secret.reveal', 'refused', 'already_revealed'],
      ['secret.reveal', 'done', null],
    ])
    expect(body['items']).toMatchObject([{ actorName: 'token' }, { actorName: 'token' }])
    expect(JSON.stringify(body)).toContain('127.0.0.1')
    expect(JSON.stringify(body)).not.toContain('a value that nobody logs')
  })

  it('SE13 tells of the 11th reveal within the hour with 429', async () => {
    const rig = await startConfigurationRig()
    const names = Array.from({ length: 11 }, (_, index) => `s${index}`)
    await rig.create({ provider: 'none', secrets: Object.fromEntries(names.map((name) => [name, `value ${name}`])) })
    const { body } = await rig.json('GET', '/secrets')
    const outcomes: unknown[] = []
    for (const { id } of secretsOf(body)) {
      const answer = await rig.json('POST', `/secrets/${String(id)}/reveal`)
      outcomes.push([answer.status, errorOf(answer)?.['code']])
    }
    expect(outcomes).toEqual([...Array.from({ length: 10 }, () => [200, undefined]), [429, 'reveal_limit']])
  })

  it('DA04 shows how the vault stands, changes its keys and refuses a start over that is not meant', async () => {
    const rig = await startConfigurationRig()
    const fresh = await rig.json('GET', '/vault')
    expect(fresh.body).toMatchObject({ state: 'empty', reason: null, locked: 0, rotation: null })
    await rig.create({ provider: 'standard-webhooks' })
    expect((await rig.json('GET', '/vault')).body).toMatchObject({ state: 'open' })
    expect((await rig.json('POST', '/vault/rotate-keys')).status).toBe(202)
    expect((await rig.json('POST', '/vault/recheck')).body).toMatchObject({ state: 'open', resumed: 0 })
    const refused = await rig.json('POST', '/vault/start-over', {})
    expect([refused.status, errorOf(refused)['field']]).toEqual([400, 'confirm'])
  })

  it.each<[string, Fields, string]>([
    ['a name that templates cannot hold', { name: 'No Good' }, 'name'],
    ['the name of the one that signs', { name: 'signing' }, 'name'],
    ['an empty value', { name: 'a', value: '' }, 'value'],
    ['an endless overlap', { overlapHours: 721 }, 'overlapHours'],
    ['no owner at all', { owner: 7 }, 'owner'],
  ])('refuses %s, naming the field', async (_case, fields, field) => {
    const rig = await startConfigurationRig()
    const { id: endpointId } = await rig.create({ secrets: { token: 'x' } })
    const { body } = await rig.json('GET', '/secrets')
    const { id } = secretsOf(body).find(({ name }) => name === 'token')!
    const refused =
      'overlapHours' in fields
        ? await rig.json('POST', `/secrets/${String(id)}/rotate`, fields)
        : 'owner' in fields
          ? await rig.json('PATCH', `/secrets/${String(id)}`, fields)
          : await rig.json('POST', '/secrets', { endpointId, ...fields })
    expect(refused.status).toBe(400)
    expect(errorOf(refused)).toMatchObject({ field })
  })
})
