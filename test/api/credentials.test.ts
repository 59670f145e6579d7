import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CredentialView } from '#shared/contract/audit/credentials.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

let rig: ApiRig

interface Made {
  id: string
  secret: string
}

async function make(path: string, body: object): Promise<Made> {
  const response = await rig.call('POST', path, body)
  expect(response.status, await response.clone().text()).toBe(201)
  return (await response.json()) as Made
}

async function map(headers: Record<string, string> = {}): Promise<{ items: CredentialView[]; text: string }> {
  const response = await rig.call('GET', '/credentials', undefined, headers)
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return { items: (JSON.parse(text) as { items: CredentialView[] }).items, text }
}

const values: string[] = []
let auditor: Made
let wide: Made

beforeAll(async () => {
  rig = await startApiRig()
  await make('/projects', { name: 'Other', slug: 'other' })
  const endpoint = {
    name: 'Orders',
    url: 'http://127.0.0.1:9/{secret.path}',
    owner: 'Kim',
    secrets: { path: 'the-path-value', spare: 'the-spare-value' },
  }
  values.push((await make('/endpoints', endpoint)).secret, 'the-path-value', 'the-spare-value', 'the-source-value')
  await make('/endpoints?project=other', { name: 'Bills', url: 'http://127.0.0.1:9/' })
  await make('/sources', { name: 'Shop', slug: 'shop', provider: 'github', secrets: ['the-source-value'] })
  const soon = new Date(Date.now() + 86_400_000).toISOString()
  auditor = await make('/keys', { name: 'auditor', scopes: ['audit:read'], project: 'other', expiresAt: soon })
  wide = await make('/keys', { name: 'robot', scopes: ['keys:write', 'endpoints:read'], owner: 'Ops' })
  values.push(auditor.secret, wide.secret)
})
afterAll(() => rig.stop())

it('CRL-1 maps every key and secret: what it is for, its scopes, owner, age, last use and what is worth a look', async () => {
  const { items } = await map()
  const of = (kind: CredentialView['kind']) => items.filter((each) => each.kind === kind)
  expect(of('owner_token')).toHaveLength(1)
  expect(of('api_key').find(({ name }) => name === 'robot')).toMatchObject({
    id: wide.id,
    scopes: ['keys:write', 'endpoints:read'],
    owner: 'Ops',
    project: null,
    ageDays: 0,
    lastUsedAt: null,
    warnings: ['no_end', 'wide'],
  })
  expect(of('signing_secret').map(({ name, use, owner, warnings }) => ({ name, use, owner, warnings }))).toEqual([
    { name: 'Orders', use: 'Signs what goes to endpoint Orders.', owner: 'Kim', warnings: [] },
    { name: 'Bills', use: 'Signs what goes to endpoint Bills.', owner: null, warnings: ['no_owner'] },
  ])
  expect(of('named_secret').map(({ name, use }) => [name, use])).toEqual([
    ['path', 'Stands in url of endpoint Orders.'],
    ['spare', 'Stored for endpoint Orders, used nowhere.'],
  ])
  expect(of('source_secret').map(({ name, use }) => [name, use])).toEqual([
    ['Shop', 'Checks signatures at source Shop.'],
  ])
  expect(of('ingest_key').map(({ name }) => name)).toEqual(['Inbox', 'Shop'])
})

it('CRL-1 tells no value of any of them', async () => {
  const { text } = await map()
  for (const value of values) expect(text).not.toContain(value)
})

it('CRL-1 shows a key of one project nothing of another, and tells that it was used', async () => {
  const { items } = await map({ authorization: `Bearer ${auditor.secret}` })
  expect(new Set(items.map(({ project }) => project))).toEqual(new Set(['other']))
  expect(items.find(({ kind }) => kind === 'api_key')).toMatchObject({ name: 'auditor', warnings: ['ends_soon'] })
  const refused = await rig.call('GET', '/credentials', undefined, { authorization: `Bearer ${wide.secret}` })
  expect(refused.status).toBe(403)
})

it('CRL-1 marks a key that was revoked as over, with nothing more to look at', async () => {
  await rig.call('DELETE', `/keys/${wide.id}`)
  const { items } = await map()
  expect(items.find(({ id }) => id === wide.id)).toMatchObject({ isActive: false, warnings: [] })
})
