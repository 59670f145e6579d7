import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { LinkView } from '#shared/contract/links/links.ts'
import { ConnectLine } from '#main/cli/commands/connect/line.ts'

const BUILT_CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))

export interface SubscriberOrder {
  /** The relay's origin, as this machine reaches it. */
  url: string
  key: string
  data: string
  forwardTo: string
}

/** `hookloop connect`, as somebody would run it. */
export interface Subscriber {
  /** Resolves once the link is in one of these states; with the instant at which that was told, in ms of `performance.now`. */
  untilState(...states: LinkView['state'][]): Promise<number>
  kill(): Promise<void>
  /** SIGINT; resolves to the exit code. */
  stop(): Promise<number | null>
}

export function startSubscriber({ url, key, data, forwardTo }: SubscriberOrder): Subscriber {
  const words = ['connect', url, '--source', 'shop', '--forward-to', forwardTo, '--name', 'laptop', '--json']
  const ports = ['--from', 'beginning', '--port', '0', '--capture-port', '0', '--data', data]
  const env = { ...process.env, HOOKLOOP_RELAY_KEY: key, HOOKLOOP_KEY_FILE: `${data}.key`, HOOKLOOP_DATA: data }
  const child = spawn(process.execPath, [BUILT_CLI, ...words, ...ports], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  let state: LinkView['state'] = 'off'
  let waiting: { states: readonly string[]; resolve(at: number): void }[] = []
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = ConnectLine.parse(JSON.parse(text))
    if (line.type !== 'link.changed') return
    state = line.link.state
    for (const each of waiting) if (each.states.includes(state)) each.resolve(performance.now())
    waiting = waiting.filter(({ states }) => !states.includes(state))
  })
  return {
    untilState(...states) {
      if (states.includes(state)) return Promise.resolve(performance.now())
      return Promise.race([
        new Promise<number>((resolve) => waiting.push({ states, resolve })),
        exited.then(() => Promise.reject(new Error(`The subscriber ended while ${states.join()} was waited for`))),
      ])
    },
    kill: async () => void (child.kill('SIGKILL'), await exited),
    stop: () => stopped(child, exited),
  }
}

async function stopped(child: ChildProcess, exited: Promise<unknown[]>): Promise<number | null> {
  child.kill('SIGINT')
  const [code] = await exited
  return code as number | null
}
