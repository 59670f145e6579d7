import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSecret } from '#main/engine/signing/secret.ts'
import { verify } from '#main/engine/signing/verify.ts'
import { providers } from '#main/providers/index.ts'
import { arrived as asArrived } from '#test/providers/sdks/arrived.ts'
import { OFFICIAL_SDKS } from '#test/providers/sdks/official-sdks.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { systemRandom } from '#main/adapters/system/system-random.ts'
import { type ReceivedRequest, type Receiver, startReceiver } from '#test/support/receiver.ts'

const SIGNERS = providers.filter(({ signing }) => signing !== null)

let rig: ApiRig
let receiver: Receiver
beforeAll(async () => {
  rig = await startApiRig()
  receiver = await startReceiver()
  await rig.engine.start()
})
afterAll(async () => {
  await rig.stop()
  await receiver.close()
})

/** Triggers a type and answers what arrived. */
async function arrivalOf(provider: string, type: string, secret: string): Promise<ReceivedRequest> {
  const before = receiver.requests.length
  const url = `${receiver.url}/hooks?source=${provider}`
  const response = await rig.call('POST', '/trigger', { provider, type, url, secret })
  expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 202 })
  return (await receiver.waitFor(before + 1))[before]!
}

describe.each(SIGNERS)('what arrives of a triggered event of $id', ({ id, signing, eventTypes }) => {
  const scheme = signing!

  it.each(eventTypes)('PRV-3 $name verifies', async ({ name }) => {
    const secret = newSecret(scheme, systemRandom)
    const request = await arrivalOf(id, name, secret)
    const { method, headers, body } = request
    const url = receiver.url + request.target
    const arrived = { method, url, headers, body, secrets: [secret], nowMs: Date.now() }
    expect(verify(scheme, arrived)).toEqual({ verdict: 'valid', reason: null })
    expect(verify(scheme, { ...arrived, secrets: [newSecret(scheme, systemRandom)] })).toMatchObject({
      verdict: 'invalid',
    })
    const sdk = OFFICIAL_SDKS.find(({ provider }) => provider === id)
    expect(sdk ? await sdk.accepts(asArrived(scheme, arrived)) : true).toBe(true)
  })
})
