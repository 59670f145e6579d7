import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from '#main/cli/build.ts'

export interface ReadyLine {
  ready: true
  window: string
  api: string
  capture: string
  token: string
}

export interface RelayProcess {
  ready: ReadyLine
  child: ChildProcess
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>
  /** A JSON call to the API with the relay's token; throws on an error answer. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>
}

/** Looked at once for each process of tests. */
let built: Promise<void> | undefined

/** The relay as it is shipped: it starts in a third of the time that its sources take. */
const BUILT_RELAY = fileURLToPath(new URL('../../out/main/relay.js', import.meta.url))

/**
 * Starts a real relay as a child process, the built one unless told otherwise, and waits until it serves. With
 * `openFiles`, it may have that many files open and no more.
 */
export async function startRelay(
  dataDirectory: string,
  args: readonly string[] = [],
  program = BUILT_RELAY,
  openFiles?: number,
): Promise<RelayProcess> {
  if (program === BUILT_RELAY) await (built ??= buildIfStale())
  const command = [
    '--json',
    '--port',
    '0',
    '--capture-port',
    '0',
    '--data',
    dataDirectory,
    '--key-file',
    `${dataDirectory}.key`,
  ]
  const whole = [process.execPath, program, ...command, ...args]
  const bounded = ['sh', '-c', `ulimit -n ${openFiles}; exec "$@"`, 'sh', ...whole]
  const [name, ...rest] = openFiles === undefined ? whole : bounded
  const child = spawn(name!, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ready = await firstLine(child)
  const exited = once(child, 'exit')
  return {
    ready,
    child,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      const [code] = (await exited) as [number | null]
      return code
    },
    call: callOf(ready),
  }
}

/** Calls of the API that is ready, with its token. */
export function callOf({ api, token }: Pick<ReadyLine, 'api' | 'token'>): RelayProcess['call'] {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const answer = (await response.json()) as T
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`)
    return answer
  }
}

async function firstLine(child: ChildProcess): Promise<ReadyLine> {
  let errors = ''
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const lines = createInterface({ input: child.stdout! })
  const line = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`The relay ended with ${code} before it was ready: ${errors}`)))
  })
  return JSON.parse(line) as ReadyLine
}
