import { expect, it, vi } from 'vitest'
import type { AuditEntryView, AuditVerification } from '#shared/contract/audit/audit.ts'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { createCrashRig } from './crash-rig.ts'

// Several relays start and end, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 })

it('SEC-5 has an entry for a change that was made right before the program was killed', async () => {
  const rig = await createCrashRig({ script: [{ do: 'answer', status: 200 }] })
  const dying = await rig.start('before-entry')
  const call = dying.call('PATCH', `/endpoints/${rig.endpointId}`, { name: 'changed', tls: { verify: false } })
  await expect(call).rejects.toThrow()
  await rig.crashed(dying)

  const relay = await rig.start()
  const { items } = await relay.call<{ items: EndpointView[] }>('GET', '/endpoints')
  expect(items[0]).toMatchObject({ name: 'changed', tls: { verify: false } })
  const audit = await relay.call<{ items: AuditEntryView[] }>('GET', '/audit')
  expect(audit.items[0]).toMatchObject({
    action: 'endpoint.update',
    outcome: 'interrupted',
    actorName: 'token',
    targetId: rig.endpointId,
  })
  expect(await relay.call<AuditVerification>('GET', '/audit/verify')).toMatchObject({ intact: true, checked: 3 })
  expect(await relay.stop()).toBe(0)
})
