import { spawn, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { readSession } from '#main/compose/session-file.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { scratchFolder } from './bin.ts'

beforeAll(buildIfStale, 120_000)

const BIN = resolve(import.meta.dirname, '../../src-main/cli/bin.mjs')
/** Runs a program in a pseudo-terminal of a known size, with this process at the other end. */
const IN_A_TERMINAL = `
import fcntl, os, pty, struct, sys, termios
pid, master = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 110, 0, 0))
if os.fork() == 0:
    while True:
        data = os.read(0, 1024)
        if not data: os._exit(0)
        os.write(master, data)
while True:
    try: data = os.read(master, 65536)
    except OSError: break
    if not data: break
    os.write(1, data)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`
/** Lets the waits of its retries pass at once. */
async function hurry(home: string): Promise<void> {
  const folder = readdirSync(home).find((name) => name.startsWith('hookloop-listen')) ?? ''
  const session = readSession(join(home, folder, 'data'))
  const response = await fetch(`${session?.api}/projects/default`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${session?.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ timeScale: 86_400 }),
  })
  expect(response.status).toBe(200)
}

const hasTerminals = spawnSync('python3', ['-c', 'import pty']).status === 0
const isRequired = Boolean(process.env['HOOKLOOP_REQUIRE_INTERPRETERS'])

it.runIf(hasTerminals || isRequired)(
  'REL-3 is one command from nothing to a webhook that is forwarded, retried and logged, in a terminal',
  async () => {
    const home = scratchFolder()
    const receiver = await startReceiver({ script: [{ status: 500 }, { status: 200 }] })
    onTestFinished(() => receiver.close())
    const listen = [
      'listen',
      '--forward-to',
      `${receiver.url}/hook`,
      '--temporary',
      '--port',
      '0',
      '--capture-port',
      '0',
    ]
    const child = spawn('python3', ['-c', IN_A_TERMINAL, process.execPath, BIN, ...listen], {
      env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', XDG_DATA_HOME: home, XDG_CONFIG_HOME: home, TMPDIR: home },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = new Promise<number | null>((done) => child.once('exit', done))
    let shown = ''
    const looking = new Set<() => void>()
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString()
      for (const look of looking) look()
    })
    const until = (pattern: RegExp) =>
      new Promise<RegExpExecArray>((found) => {
        const look = (): void => {
          const match = pattern.exec(shown)
          if (match === null) return
          looking.delete(look)
          found(match)
        }
        looking.add(look)
        look()
      })

    const [, address = ''] = await until(/(http:\/\/127\.0\.0\.1:\d+\/in\/inbox) → /)
    await hurry(home)
    await fetch(address, { method: 'POST', body: '{"hello":1}' })
    await until(/request[^]*succeeded {2}200 {2}attempt 2/)
    child.stdin.write('\r')
    await until(/OUTCOME[^]*500[^]*succeeded[^]*200/)
    child.stdin.write('r')
    await receiver.waitFor(3)
    await until(/Sent again, as it came\./)
    child.stdin.write('q')
    expect(await ended).toBe(0)
    expect(shown).toContain('\u001b[?1049l')
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual(Array(3).fill('{"hello":1}'))
    expect(readdirSync(home).filter((name) => name.startsWith('hookloop-listen'))).toEqual([])
  },
  60_000,
)
