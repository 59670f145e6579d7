import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { startConfigurationRig, type Fields } from './configuration-rig.ts'

describe('POST /endpoints/{id}/rotate-secret', () => {
  it('EN21 answers with the new secret this once, and what is sent next satisfies receivers of both', async () => {
    const rig = await startConfigurationRig()
    const { id, secret: first } = await rig.create({ provider: 'standard-webhooks' })
    const { status, body } = await rig.json('POST', `/endpoints/${String(id)}/rotate-secret`, { overlapHours: 1 })
    expect(status).toBe(200)
    expect((body['endpoint'] as Fields)['secrets']).toMatchObject([
      { name: 'signing', version: 2, expiresAt: null },
      { name: 'signing', version: 1, expiresAt: body['previousUntil'] },
    ])
    const [delivery] = await rig.send({ hello: 1 })
    const [request] = rig.receiver.requests
    const headers = Object.fromEntries(request!.headers.map(([name, value]) => [name.toLowerCase(), value]))
    for (const secret of [first, body['secret']]) {
      expect(new Webhook(String(secret)).verify(request!.body.toString(), headers)).toEqual({ hello: 1 })
    }
    const [attempt] = await rig.attempts(delivery!)
    expect(attempt!['request']).toMatchObject({ signedWith: [2, 1] })
    const shown = JSON.stringify((await rig.json('GET', `/endpoints/${String(id)}`)).body)
    expect(shown).not.toContain(String(body['secret']))

    await rig.json('POST', `/endpoints/${String(id)}/end-overlap`)
    const [next] = await rig.send({ hello: 2 })
    expect((await rig.attempts(next!))[0]!['request']).toMatchObject({ signedWith: [2] })
  })

  it.each([
    [{ overlapHours: -1 }, 'overlapHours'],
    [{ overlapHours: 10_000 }, 'overlapHours'],
    [{ secret: 'whsec_###' }, 'secret'],
  ])('refuses %j, naming the field', async (input, field) => {
    const rig = await startConfigurationRig()
    const { id } = await rig.create({ provider: 'standard-webhooks' })
    const { status, body } = await rig.json('POST', `/endpoints/${String(id)}/rotate-secret`, input)
    expect({ status, error: body['error'] }).toMatchObject({ status: 400, error: { field } })
  })
})
