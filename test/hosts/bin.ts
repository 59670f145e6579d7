import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const BIN = join(ROOT, 'src-main/cli/bin.mjs')

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Started {
  child: ChildProcess
  ended: Promise<Ended>
}

/** Folders of its own for one test, gone with it. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hookloop-host-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs the bin as a person would, away from this user's own folders and settings. */
export function startBin(args: readonly string[], home: string, nodeFlags: readonly string[] = []): Started {
  return startProgram(process.execPath, [...nodeFlags, BIN, ...args], home)
}

/** Any program in the project's root, with folders of its own. */
export function startProgram(program: string, args: readonly string[], home: string): Started {
  const foreign = /^(HOOKLOOP_|ELECTRON_|NODE_OPTIONS|VITEST|DISPLAY|WAYLAND)/
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  const folders = { XDG_DATA_HOME: join(home, 'share'), XDG_CONFIG_HOME: join(home, 'config') }
  const env = { ...Object.fromEntries(inherited), ...folders }
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
  const ended = Promise.all([exit, text(child.stdout), text(child.stderr)]).then(([code, stdout, stderr]) => ({
    code,
    stdout,
    stderr,
  }))
  return { child, ended }
}

export function runBin(args: readonly string[], home: string, nodeFlags: readonly string[] = []): Promise<Ended> {
  return startBin(args, home, nodeFlags).ended
}

/** Resolves with what the child has printed once `pattern` is in it; rejects where it ends before. */
export function untilPrinted({ child, ended }: Started, pattern: RegExp): Promise<string> {
  let printed = ''
  return new Promise((found, fail) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (pattern.test(printed)) found(printed)
    })
    void ended.then(({ stderr }) => fail(new Error(`It ended before it printed ${pattern}: ${stderr}`)))
  })
}

export interface Served {
  started: Started
  ready: { ready: true; window: string; api: string; capture: string; token: string }
  firstLine: string
}

/** A relay by the bin, on free ports unless the flags say otherwise; stopped with the test. */
export async function serve(
  home: string,
  flags: readonly string[] = [],
  nodeFlags: readonly string[] = [],
): Promise<Served> {
  const started = startBin(['serve', '--port', '0', '--capture-port', '0', '--json', ...flags], home, nodeFlags)
  onTestFinished(async () => {
    started.child.kill('SIGKILL')
    await started.ended
  })
  const firstLine = (await untilPrinted(started, /\n/)).split('\n')[0] ?? ''
  return { started, ready: JSON.parse(firstLine) as Served['ready'], firstLine }
}
