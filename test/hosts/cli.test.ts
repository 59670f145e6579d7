import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { runBin, scratchFolder, serve } from './bin.ts'

beforeAll(buildIfStale, 120_000)

interface Row {
  id: string
}

// Every command is tried in test/cli, in one process: here is what only a process of its own can show.
describe('the command line', () => {
  it('REL-3 does the whole job: an endpoint, an event, its delivery, a replay', async () => {
    const receiver = await startReceiver()
    onTestFinished(() => receiver.close())
    const home = scratchFolder()
    const { ready } = await serve(home)
    const json = async <T>(...args: string[]): Promise<T> => {
      const { code, stdout, stderr } = await runBin([...args, '--json'], home)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      return JSON.parse(stdout) as T
    }
    const create = ['endpoints', 'create', '--name', 'Shop', '--url', receiver.url, '--types', '*']
    const created = await json<Row & { secret: string }>(...create)
    expect(created.secret).toMatch(/^whsec_/)
    const sent = await json<Row>('events', 'send', '--type', 'order.paid', '--data', '{"total":42}')
    await receiver.waitFor(1)
    expect(receiver.requests[0]?.body.toString()).toBe('{"total":42}')

    const shown = await runBin(['events', 'show', sent.id, '--url', ready.window], scratchFolder())
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('{"total":42}') as string })

    await json('replay', sent.id, '--endpoint', created.id)
    await receiver.waitFor(2)
    expect((await json<{ items: Row[] }>('deliveries', '--event', sent.id)).items).toHaveLength(2)

    const stranger = await runBin(['events', '--url', ready.api, '--token', 'not-the-token'], home)
    expect(stranger).toMatchObject({ code: 4, stderr: expect.stringContaining('unauthorized') as string })
  })

  it('exits 2 for wrong use and 3 where no relay runs, and says what is wrong', async () => {
    const home = scratchFolder()
    const [unknown, nowhere, gone] = await Promise.all([
      runBin(['bogus'], home),
      runBin(['events'], home),
      runBin(['events', '--url', 'http://127.0.0.1:9', '--token', 'whatever'], home),
    ])
    const says = (text: string) => expect.stringContaining(text) as string
    expect(unknown).toMatchObject({ code: 2, stderr: says("unknown command 'bogus'") })
    expect(nowhere).toMatchObject({ code: 3, stderr: says('serve') })
    expect(gone).toMatchObject({ code: 3, stderr: says('http://127.0.0.1:9') })
  })

  it('helps, with exit code 0', async () => {
    const home = scratchFolder()
    for (const args of [[], ['serve', '--help']]) {
      const help = await runBin(args, home)
      expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('Examples:') as string })
    }
  })

  it('ends quietly where its reader has read enough', async () => {
    const help = `node src-main/cli/bin.mjs catalog --help | head -c 1`
    const { startProgram } = await import('./bin.ts')
    expect(
      await startProgram('sh', ['-c', `set -o pipefail 2>/dev/null; ${help}`], scratchFolder()).ended,
    ).toMatchObject({
      stderr: '',
    })
  })
})
