import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { runBin, scratchFolder, serve, startBin, startProgram, untilPrinted } from './bin.ts'

beforeAll(buildIfStale, 120_000)

const sessionFile = (home: string) => join(home, 'share/hookloop/session.json')

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())))
  return (server.address() as AddressInfo).port
}

describe('the relay', () => {
  it('prints the ready line first, and is reached by what the line says', async () => {
    const { firstLine, ready } = await serve(scratchFolder())
    expect(Object.keys(JSON.parse(firstLine) as object)).toEqual(['ready', 'window', 'api', 'capture', 'token'])
    expect(ready.window).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=.+$/)
    expect(new URL(ready.window).hash).toBe(`#token=${ready.token}`)
    expect(ready.api).toBe(`${new URL(ready.window).origin}/api/v1`)
    expect(ready.capture).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/in$/)

    const captured = await fetch(`${ready.capture}/inbox`, { method: 'POST', body: '{"hello":1}' })
    expect(captured.status).toBe(200)
    const headers = { authorization: `Bearer ${ready.token}` }
    const events = (await (await fetch(`${ready.api}/events`, { headers })).json()) as { items: { source: string }[] }
    expect(events.items.map((event) => event.source)).toEqual(['inbox'])
    expect((await fetch(new URL('/healthz', ready.api))).status).toBe(200)
  })

  it('SIGTERM ends it with 0, and the next start has what was captured', async () => {
    const home = scratchFolder()
    const first = await serve(home)
    await fetch(`${first.ready.capture}/inbox`, { method: 'POST', body: 'kept' })
    first.started.child.kill('SIGTERM')
    expect(await first.started.ended).toMatchObject({ code: 0, stderr: '' })

    const { ready } = await serve(home)
    const headers = { authorization: `Bearer ${ready.token}` }
    const events = (await (await fetch(`${ready.api}/events`, { headers })).json()) as { items: unknown[] }
    expect(events.items).toHaveLength(1)
  })

  it('a signal that comes twice at once, as Ctrl-C under npm does, still ends it with 0', async () => {
    const { started } = await serve(scratchFolder())
    started.child.kill('SIGINT')
    started.child.kill('SIGINT')
    expect((await started.ended).code).toBe(0)
  })

  it('EN24 a second signal ends it at once, though a delivery is still in flight', async () => {
    const arrived = Promise.withResolvers<void>()
    const silent = createServer((socket) => socket.once('data', () => arrived.resolve())).listen(0, '127.0.0.1')
    onTestFinished(() => void silent.close())
    await once(silent, 'listening')
    const { started, ready } = await serve(scratchFolder())
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/hook`
    const headers = { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' }
    const endpoint = JSON.stringify({ name: 'Silent', url, eventTypes: ['*'] })
    await fetch(`${ready.api}/endpoints`, { method: 'POST', headers, body: endpoint })
    await fetch(`${ready.capture}/inbox`, { method: 'POST', body: 'in flight' })
    await arrived.promise
    started.child.kill('SIGTERM')
    const again = setInterval(() => started.child.kill('SIGTERM'), 100)
    const { code } = await started.ended
    clearInterval(again)
    // Had it waited for the delivery or the grace, it would have ended with 0.
    expect(code).toBe(143)
  })

  it('SIGTERM to npm reaches it: both end with 0', async () => {
    const flags = ['--port', '0', '--capture-port', '0', '--json']
    const started = startProgram('npm', ['run', '-s', 'relay', '--', ...flags], scratchFolder())
    await untilPrinted(started, /^\{"ready":true.*\n/)
    started.child.kill('SIGTERM')
    expect((await started.ended).code).toBe(0)
  })

  it('SEC-1 writes the session for its user alone, and takes it away at the end', async () => {
    const home = scratchFolder()
    const { started, ready } = await serve(home)
    expect(statSync(sessionFile(home)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(sessionFile(home), 'utf8'))).toMatchObject({ api: ready.api, token: ready.token })
    started.child.kill('SIGTERM')
    await started.ended
    expect(existsSync(sessionFile(home))).toBe(false)
  })

  it('SEC-3 keeps the master key for its user alone, outside the data directory', async () => {
    const home = scratchFolder()
    const { ready } = await serve(home)
    const headers = { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ name: 'Shop', url: 'http://127.0.0.1:9/' })
    expect((await fetch(`${ready.api}/endpoints`, { method: 'POST', headers, body })).status).toBe(201)
    expect(statSync(join(home, 'config/hookloop/master.key')).mode & 0o777).toBe(0o600)
  })

  it('a second one on the same data directory is refused, and says so', async () => {
    const home = scratchFolder()
    await serve(home)
    const second = await runBin(['serve', '--port', '0', '--capture-port', '0'], home)
    expect(second.code).toBe(1)
    expect(second.stderr).toContain(join(home, 'share/hookloop'))
    expect(second.stderr).not.toMatch(/^\s+at /m)
    expect(second.stdout).toBe('')
  })

  it.for(['--port', '--capture-port'])('a taken port for %s is named', async (flag) => {
    const port = await takenPort()
    const { code, stderr } = await runBin(
      ['serve', '--port', '0', '--capture-port', '0', flag, String(port)],
      scratchFolder(),
    )
    expect(code).toBe(1)
    expect(stderr).toContain(String(port))
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it.for([
    ['--host 0.0.0.0', /publicUrl is missing/],
    ['--host 192.168.1.5 --mode local', /mode team, in which everybody needs a key/],
    ['--mode crowd', /--mode must be local or team/],
    ['--port 70000', /--port must be a whole number from 0 to 65535/],
    ['--bogus', /unknown option/],
  ] as const)('SEC-1 refuses %s as wrong use', async ([flags, sentence]) => {
    const { code, stderr } = await runBin(['serve', ...flags.split(' ')], scratchFolder())
    expect(code).toBe(2)
    expect(stderr).toMatch(sentence)
  })

  it('takes the token from HOOKLOOP_TOKEN', async () => {
    const { ready } = await serve(
      scratchFolder(),
      [],
      ['--import', 'data:text/javascript,process.env.HOOKLOOP_TOKEN="chosen-by-me"'],
    )
    expect(ready.token).toBe('chosen-by-me')
  })

  it('start without Electron runs the relay and says so in one line with the window’s address', async () => {
    const started = startBin(['start', '--port', '0', '--capture-port', '0'], scratchFolder())
    const printed = await untilPrinted(started, /Ctrl-C/)
    started.child.kill('SIGTERM')
    expect((await started.ended).code).toBe(0)
    expect(printed.split('\n')[0]).toMatch(/so this is the relay: open http:\/\/127\.0\.0\.1:\d+\/#token=/)
    expect(printed).toMatch(/curl -d '\{"hello":1\}' http:\/\/127\.0\.0\.1:\d+\/in\/inbox/)
  })

  it('an older Node hands over to the one that npm brought, signals and exit code included', async () => {
    const old =
      'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.20.2"}})'
    const { started } = await serve(scratchFolder(), [], ['--import', old])
    started.child.kill('SIGTERM')
    expect(await started.ended).toMatchObject({ code: 0, stderr: '' })
  })
})
