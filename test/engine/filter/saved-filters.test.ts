import { expect, it } from 'vitest'
import { createIdleEngine } from '../idle-engine.ts'

const FAILED = { name: 'Failed audits', subject: 'events', filter: 'type:audit.* state:failed' } as const

it('RPL-4 keeps filters of a project under names, and replaces one of the same name', async () => {
  const { engine, project } = await createRig()
  const first = await engine.savedFilters.save(project, FAILED)
  const other = await engine.savedFilters.save(project, { ...FAILED, subject: 'deliveries', filter: 'state:failed' })
  expect(await engine.savedFilters.save(project, { ...FAILED, name: 'failed AUDITS', filter: 'state:failed' })).toEqual(
    {
      ...first,
      name: 'failed AUDITS',
      filter: 'state:failed',
    },
  )
  await engine.savedFilters.save(project, { ...FAILED, name: 'A first one' })
  const names = (await engine.savedFilters.list(project)).map(({ name }) => name)
  expect(names).toHaveLength(3)
  expect(names[0]).toBe('A first one')
  await engine.savedFilters.delete(project, other.id)
  await expect(engine.savedFilters.delete(project, other.id)).rejects.toMatchObject({ code: 'not_found' })
  expect(await engine.savedFilters.list(project)).toHaveLength(2)
})

it('RPL-4 saves no filter that cannot be read, and no two of one name', async () => {
  const { engine, project } = await createRig()
  await expect(engine.savedFilters.save(project, { ...FAILED, filter: 'state:lost' })).rejects.toMatchObject({
    code: 'invalid_filter',
    field: 'filter',
  })
  await expect(
    engine.savedFilters.save(project, { ...FAILED, subject: 'deliveries', filter: 'refund' }),
  ).rejects.toThrow()
  const saved = await engine.savedFilters.save(project, FAILED)
  await engine.savedFilters.save(project, { ...FAILED, name: 'Other' })
  await expect(engine.savedFilters.rename(project, saved.id, 'other')).rejects.toMatchObject({ field: 'name' })
  expect(await engine.savedFilters.rename(project, saved.id, 'FAILED audits')).toMatchObject({ name: 'FAILED audits' })
})

it('RPL-4 loses none of filters that are saved at once', async () => {
  const { engine, project } = await createRig()
  const names = Array.from({ length: 20 }, (_, index) => `Filter ${index}`)
  await Promise.all(names.map((name) => engine.savedFilters.save(project, { ...FAILED, name })))
  expect(await engine.savedFilters.list(project)).toHaveLength(names.length)
})

async function createRig() {
  const { engine, project } = await createIdleEngine()
  return { engine, project: project.id }
}
