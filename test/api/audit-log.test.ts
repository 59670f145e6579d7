import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditEntryView, AuditVerification } from '#shared/contract/audit/audit.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

let rig: ApiRig

beforeAll(async () => {
  rig = await startApiRig()
  await rig.call('POST', '/projects', { name: 'Other', slug: 'other' })
  await rig.call('POST', '/endpoints', { name: 'Orders', url: 'http://127.0.0.1:9/' })
  await rig.call('POST', '/endpoints?project=other', { name: 'Bills', url: 'http://127.0.0.1:9/' })
  await rig.call('DELETE', '/endpoints/end_none')
})
afterAll(() => rig.stop())

async function list(query: string): Promise<{ items: AuditEntryView[]; nextCursor: string | null }> {
  const response = await rig.call('GET', `/audit?${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as { items: AuditEntryView[]; nextCursor: string | null }
}

const namesOf = async (query: string) =>
  (await list(query)).items.map(({ action, targetName }) => `${action} ${targetName}`)

it('SEC-5 lists what was done, newest first, page by page', async () => {
  const first = await list('limit=2')
  expect(first.items.map(({ number }) => number)).toEqual([4, 3])
  expect(first.items[0]).toMatchObject({
    outcome: 'refused',
    code: 'not_found',
    actorName: 'token',
    address: '127.0.0.1',
  })
  expect(first.items[0]!.at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  const rest = await list(`limit=2&cursor=${first.nextCursor}`)
  expect(rest.items.map(({ number }) => number)).toEqual([2, 1])
  expect(rest.nextCursor).toBeNull()
})

it('SEC-5 narrows by project, action, target, outcome and time', async () => {
  expect(await namesOf('project=other')).toEqual(['endpoint.create Bills', 'project.create Other'])
  expect(await namesOf('action=project.*')).toEqual(['project.create Other'])
  expect(await namesOf('target=Orders')).toEqual(['endpoint.create Orders'])
  expect(await namesOf('outcome=refused&actor=token')).toEqual(['endpoint.delete null'])
  expect(await namesOf('until=2020-01-01T00:00:00.000Z')).toEqual([])
  const refused = await rig.call('GET', '/audit?outcome=perhaps')
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('outcome')
})

it('SEC-5 proves that the log is whole, and that a head noted before is in it', async () => {
  const found = (await (await rig.call('GET', '/audit/verify')).json()) as AuditVerification
  expect(found).toMatchObject({ intact: true, checked: 4, broken: null, clockSetBack: { count: 0, first: null } })
  const again = await rig.call('GET', `/audit/verify?expectHead=${found.head}`)
  expect(await again.json()).toMatchObject({ intact: true })
  const later = found.head!.replace('4:', '9:')
  expect(await (await rig.call('GET', `/audit/verify?expectHead=${later}`)).json()).toMatchObject({
    intact: false,
    broken: { number: 5 },
  })
  expect((await rig.call('GET', '/audit/verify?expectHead=nonsense')).status).toBe(400)
})
