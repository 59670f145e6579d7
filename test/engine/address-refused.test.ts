import { describe, expect, it, onTestFinished } from 'vitest'
import { createAddressGuard } from '#main/engine/address-guard/address-guard.ts'
import { createTestEngine } from '#test/support/engine.ts'

const METADATA = [
  'http://169.254.169.254/latest',
  'http://metadata.google.internal/',
  'http://[fd00:ec2::254]/',
  'http://100.100.100.200/',
  'http://0xa9fea9fe/',
]
const actor = { name: 'a person' }

async function openEngine(mode: 'local' | 'team') {
  const own = () => ({ addresses: [], ports: new Set<number>() })
  const guard = createAddressGuard(
    mode === 'local' ? { mode, allow: [] } : { mode, allow: [], own, refusedPorts: new Set() },
  )
  const { engine, stop } = await createTestEngine({ guard })
  onTestFinished(stop)
  return { engine, project: engine.projects.list()[0]!.id }
}

describe('an address that may not be reached is refused when it is saved', () => {
  it.each(METADATA)('SE01 %s, by create, edit, replay and notification', async (url) => {
    const { engine, project } = await openEngine('local')
    const refused = { code: 'invalid_request', message: expect.stringContaining('metadata') }
    await expect(engine.endpoints.create(project, { name: 'a', url }, actor)).rejects.toMatchObject(refused)
    const { endpoint } = await engine.endpoints.create(project, { name: 'a', url: 'http://127.0.0.1:1/' }, actor)
    const change = engine.endpoints.update(endpoint, { url }, actor)
    await expect(change).rejects.toMatchObject({ ...refused, field: 'url' })
    const replay = engine.replays.create(
      project,
      { selection: { eventIds: [] }, ratePerSecond: null, url, resign: true },
      actor,
    )
    await expect(replay).rejects.toMatchObject(refused)
    const notification = engine.projects.update(project, { notificationUrl: url })
    await expect(notification).rejects.toMatchObject({ ...refused, field: 'notificationUrl' })
  })

  it.each(['http://127.0.0.1/', 'http://localhost/', 'http://10.0.0.1/', 'http://[::ffff:192.168.0.1]/', 'http://0/'])(
    'SE02 %s, in a team',
    async (url) => {
      const team = await openEngine('team')
      const saved = team.engine.endpoints.create(team.project, { name: 'a', url }, actor)
      await expect(saved).rejects.toMatchObject({ code: 'invalid_request', field: 'url' })
      const local = await openEngine('local')
      await expect(local.engine.endpoints.create(local.project, { name: 'a', url }, actor)).resolves.toBeTruthy()
    },
  )
})
