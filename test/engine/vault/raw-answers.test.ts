import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answered } from '../delivery/dispatch-rig.ts'
import { ana, createVaultRig } from './vault-rig.ts'

const echo = {
  ...answered(401),
  response: { ...answered(401).response!, body: new TextEncoder().encode('who is s3cr3t-value?') },
}

/** A delivery whose receiver gave its secret back, and what is known of its one attempt. */
async function echoingRig() {
  const rig = createVaultRig({ answer: () => echo })
  const { engine, project, addEndpoint, compose, stop } = await rig.start({ delivers: true })
  const config = { headers: [['X-Key', '{secret.key}']] as [string, string][], secrets: { key: 's3cr3t-value' } }
  const endpoint = await addEndpoint(config)
  await compose()
  const query = { projectId: project.id, eventId: null, endpointId: endpoint.id, replayId: null, states: [] }
  const deliveries = () => engine.deliveries.list({ ...query, limit: 1, cursor: null })
  await rig.until(async () => (await deliveries()).items[0]?.state === 'failed')
  const [delivery] = (await deliveries()).items
  const [attempt] = await engine.deliveries.attempts(delivery!)
  return { rig, engine, project, endpoint, delivery: delivery!, attempt: attempt!, stop }
}

describe('answers as they came, sealed', () => {
  it('SE12 DA04 open after the keys were changed', async () => {
    const { engine, project, delivery, attempt, stop } = await echoingRig()
    expect(new TextDecoder().decode(attempt.response!.body)).toBe('who is ************?')
    await (
      await engine.vault.rotateKeys()
    ).ended
    expect(await engine.rawAnswers.ofDelivery(delivery)).toEqual(new Map([[attempt.id, null]]))
    const { answer } = await engine.rawAnswers.reveal(project.id, attempt.id, ana)
    expect(new TextDecoder().decode(answer.body)).toBe('who is s3cr3t-value?')
    expect(answer.status).toBe(401)
    await stop()
  })

  it('SE12 DA03 stay masked while the key is lost, which uses nothing up', async () => {
    const { rig, project, endpoint, attempt, stop } = await echoingRig()
    await stop()
    rmSync(rig.keyFile)
    const after = await rig.start()
    await expect(after.engine.rawAnswers.reveal(project.id, attempt.id, ana)).rejects.toMatchObject({
      code: 'vault_locked',
    })
    expect(await after.engine.vault.reveals(endpoint)).toMatchObject([
      { secretId: attempt.id, name: 'answer', version: 1, outcome: 'vault_locked' },
    ])
    await after.stop()
  })

  it('SE12 shows nothing of another project', async () => {
    const { engine, attempt, stop } = await echoingRig()
    const other = await engine.projects.create({ name: 'Other', slug: 'other' })
    await expect(engine.rawAnswers.reveal(other.id, attempt.id, ana)).rejects.toMatchObject({ code: 'not_found' })
    await stop()
  })
})
