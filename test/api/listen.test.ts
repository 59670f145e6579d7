import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { listen } from '#main/listener/listen.ts'
import { explainListenError, ListenError, PortInUseError } from '#main/listener/port-error.ts'
import { startApiRig } from '#test/support/api-rig.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { keptPort } from '#test/support/kept-ports.ts'

const LISTENING_PROGRAM = `require('net').createServer().listen(0, '127.0.0.1', function () {
  console.log(this.address().port)
})`
const LISTENING_LOW = `
  import { createServer } from 'node:http'
  import { listen } from '#main/listener/listen.ts'
  await listen(createServer(), { host: '127.0.0.1', port: 1023 }).catch((error) => console.log(error.message))`
const NOBODY = 65_534

/** Some systems let anybody listen anywhere. */
function guardsLowPorts(): boolean {
  if (process.platform !== 'linux') return false
  return readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8').trim() === '1024'
}

describe('a server that cannot listen', () => {
  it('CP25 says that the port is taken, and what to do', async () => {
    const first = await startApiRig()
    const second = startApiRig({ port: first.port })
    await expect(second).rejects.toBeInstanceOf(PortInUseError)
    await expect(second).rejects.toMatchObject({ port: first.port, hint: expect.stringContaining('another port') })
    await first.stop()
  })

  it('CP25 names the program that has the port, where the system tells', async () => {
    const other = spawn(process.execPath, ['-e', LISTENING_PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [port] = (await once(other.stdout, 'data')) as [Buffer]
    await expect(startApiRig({ port: Number(port) })).rejects.toThrow(`(process ${other.pid})`)
    other.kill()
  })

  it('CP25 takes the very port once it is free', async () => {
    const first = await startApiRig({ port: await keptPort() })
    await first.stop()
    const second = await startApiRig({ port: first.port })
    expect(second.port).toBe(first.port)
    await second.stop()
  })

  it.skipIf(!guardsLowPorts())('CP25 says that a port below 1024 takes a right that a user has not', async () => {
    const attempt = spawn(process.execPath, ['--input-type=module', '-e', LISTENING_LOW], {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
    })
    const [answer] = (await once(attempt.stdout, 'data')) as [Buffer]
    expect(String(answer)).toContain('may not be used by this user')
  })

  it('CP10 lives on when a connection cannot be taken', async () => {
    const server = createServer()
    const log = createFakeLog()
    await listen(server, { host: '127.0.0.1', port: 0, log })
    server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }))
    expect(log.lines).toMatchObject([{ level: 'error', fields: { error: 'Error: accept EMFILE' } }])
    server.close()
  })

  it('CP25 tells a taken port, a forbidden one and a foreign address apart', () => {
    const at = { host: '192.0.2.1', port: 80 }
    const explain = (code: string) => explainListenError(Object.assign(new Error(code), { code }), at)
    expect(explain('EACCES')).toBeInstanceOf(PortInUseError)
    // How a machine without IPv6 answers to ::1.
    expect(explain('EAFNOSUPPORT')).toMatchObject({ hint: expect.stringContaining('127.0.0.1') })
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
