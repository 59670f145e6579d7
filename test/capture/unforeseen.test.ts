import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeLog } from '#test/support/fake-log.ts'
import { rawExchange } from '#test/support/raw-socket.ts'
import { type CaptureRig, startCaptureRig } from './capture-rig.ts'

describe('an unforeseen failure while capturing', () => {
  const log = createFakeLog()
  let healthy: CaptureRig
  let broken: CaptureRig
  beforeEach(async () => {
    healthy = await startCaptureRig()
    const record = () => Promise.reject(new Error('the password is hunter2'))
    broken = await startCaptureRig({ log, engine: { capture: { ...healthy.engine.capture, record } } })
  })
  afterEach(async () => {
    await broken.stop()
    await healthy.stop()
  })

  it('is answered 500 without details, and logged', async () => {
    const response = await fetch(`${broken.url}/inbox`, { method: 'POST', body: 'x' })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('hunter2')
    expect(log.lines).toMatchObject([{ level: 'error' }])
  })

  it('does not keep a malformed request from its answer', async () => {
    expect((await rawExchange(broken.port, 'BREW /in/inbox HTTP/1.1\r\n\r\n')).status).toBe(400)
  })
})
