import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { connect } from '#main/cli/connection.ts'
import { runCli } from '#main/cli/run-cli.ts'
import { start, type Running } from '#main/compose/start.ts'
import { startReceiver, type Receiver } from '#test/support/receiver.ts'
import { createFakeTerminal, type FakeOptions } from './fake-terminal.ts'

export const VERSION = '9.9.9'

export interface Ended {
  code: number
  stdout: string
  stderr: string
}

export interface CliRig {
  /** Holds the data, the key, and whatever files a test makes. */
  home: string
  running: Running
  receiver: Receiver
  /** A command line of the relay's own user. */
  run(args: readonly string[], options?: FakeOptions): Promise<Ended>
  /** The same with `--json`; throws unless it ends with 0. */
  json<T>(...args: string[]): Promise<T>
  /** Begins one that goes on until it is stopped. */
  begin(
    args: readonly string[],
    options?: FakeOptions,
  ): { terminal: ReturnType<typeof createFakeTerminal>; ended: Promise<Ended> }
  /** Where nothing listens. */
  deadUrl: string
  /** Each time another one. */
  number(): number
  /** Resolves once the delivery is as it should be; told of each change by the relay. */
  untilDelivery(id: string, isDone: (delivery: DeliveryView) => boolean): Promise<DeliveryView>
  stop(): Promise<void>
}

/** A whole relay on free ports, a receiver, and the command line over them, all in this process. */
export async function startCliRig(): Promise<CliRig> {
  const home = mkdtempSync(join(tmpdir(), 'hookloop-cli-'))
  const dataDirectory = join(home, 'data')
  const running = await start({
    dataDirectory,
    keyFile: join(home, 'master.key'),
    host: '127.0.0.1',
    port: 0,
    capturePort: 0,
    uiDirectory: home,
    version: VERSION,
    quiet: true,
  })
  const receiver = await startReceiver()
  const env = { HOOKLOOP_DATA: dataDirectory, HOOKLOOP_KEY_FILE: join(home, 'master.key') }

  let numbers = 0

  function begin(args: readonly string[], options: FakeOptions = {}) {
    const terminal = createFakeTerminal({ ...options, env: { ...env, ...options.env } })
    const ended = runCli(args, { version: VERSION, terminal }).then((code) => ({ code, ...terminal.printed() }))
    return { terminal, ended }
  }

  return {
    home,
    running,
    receiver,
    begin,
    run: (args, options) => begin(args, options).ended,
    async json<T>(...args: string[]) {
      const { code, stdout, stderr } = await begin([...args, '--json']).ended
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`)
      return JSON.parse(stdout) as T
    },
    deadUrl: 'http://127.0.0.1:1/hooks',
    number: () => (numbers += 1),
    async untilDelivery(id, isDone) {
      const over = new AbortController()
      const api = connect({}, env)
      for await (const item of await api.feed({}, { signal: over.signal })) {
        if (item.type !== 'ready' && item.type !== 'delivery.changed') continue
        const delivery = await api.deliveries.get({ id })
        if (!isDone(delivery)) continue
        over.abort()
        return delivery
      }
      throw new Error('The feed ended')
    },
    async stop() {
      await running.stop(1_000)
      await receiver.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
