import { describe, expect, it } from 'vitest'
import { explainListenError, ListenError, PortInUseError } from '#main/listener/port-error.ts'
import { startApiRig } from '#test/support/api-rig.ts'

describe('a server that cannot listen', () => {
  it('CP25 says that the port is taken, and what to do', async () => {
    const first = await startApiRig()
    const second = startApiRig({ port: first.port })
    await expect(second).rejects.toBeInstanceOf(PortInUseError)
    await expect(second).rejects.toMatchObject({ port: first.port, hint: expect.stringContaining('another port') })
    await first.stop()
  })

  it('CP25 tells a taken port, a forbidden one and a foreign address apart', () => {
    const at = { host: '192.0.2.1', port: 80 }
    const explain = (code: string) => explainListenError(Object.assign(new Error(code), { code }), at)
    expect(explain('EACCES')).toBeInstanceOf(PortInUseError)
    expect(explain('EADDRNOTAVAIL')).not.toBeInstanceOf(PortInUseError)
    expect(explain('EADDRNOTAVAIL')).toMatchObject({ message: expect.stringContaining('192.0.2.1') })
    expect(explain('EADDRNOTAVAIL')).toBeInstanceOf(ListenError)
    const other = new Error('else')
    expect(explainListenError(other, at)).toBe(other)
  })

  it('SE22 listens on the given host alone', async () => {
    const rig = await startApiRig()
    await expect(fetch(`http://[::1]:${rig.port}/healthz`)).rejects.toThrow()
    await rig.stop()
  })
})
