import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { createWire } from '../stand-in/wire.ts'
import type { Pages } from './chromium-pages.ts'
import { createPorts, type FrontPorts } from './front-ports.ts'

const DESKTOP = resolve(import.meta.dirname, '../../../out/main/desktop.js')
const REGISTER = join(import.meta.dirname, '../stand-in/register.ts')

export interface DeskOptions {
  /** Holds the user's folders. */
  home: string
  env?: Record<string, string>
  /** What follows the program on its command line. */
  argv?: readonly string[]
  /** Shows the windows; without, they load nothing and say that they have. */
  pages?: Pages
  /** Which button of a message box is pressed; the one that cancels where it is left out. */
  press?: (box: Box) => number
}

export interface Box {
  message: string
  detail?: string
  buttons: readonly string[]
  cancelId: number
}

/** The built desktop on the stand-in, with the test as its screen and its user. */
export interface Desk {
  /** One of the questions that the stand-in answers. */
  ask<T>(question: string, ...args: unknown[]): Promise<T>
  /** The arguments of each thing of this name that it told, the latest last. */
  told(name: string): readonly unknown[][]
  /** Resolves with the arguments of the first that fits, told already or later. */
  until(name: string, fits?: (...args: never[]) => boolean): Promise<unknown[]>
  ports: FrontPorts
  child: ChildProcess
  signal(signal: NodeJS.Signals): void
  ended: Promise<{ code: number | null; stderr: string }>
  /** As a power cut would. */
  end(): Promise<void>
}

type Told = { name: string; args: unknown[] }

/** Starts it; it is ended with the test at the latest. */
export function startDesk(options: DeskOptions): Desk {
  const desk = openDesk(options)
  onTestFinished(desk.end)
  return desk
}

/** As `startDesk`, but whoever opens it ends it. */
export function openDesk({ home, env = {}, argv = [], pages, press = ({ cancelId }) => cancelId }: DeskOptions): Desk {
  const child = fork(DESKTOP, [...argv], {
    execArgv: ['--import', REGISTER],
    serialization: 'advanced',
    env: {
      PATH: process.env['PATH'],
      XDG_DATA_HOME: join(home, 'share'),
      XDG_CONFIG_HOME: join(home, 'config'),
      STAND_IN_APP_DATA: join(home, 'config'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const log: Told[] = []
  const watchers = new Set<(told: Told) => void>()
  const keep = (name: string, args: unknown[]): void => {
    log.push({ name, args })
    for (const watcher of watchers) watcher({ name, args })
  }
  const kept = (name: string, act: (...args: never[]) => unknown = () => undefined) => ({
    [name]: (...args: unknown[]) => {
      keep(name, args)
      return (act as (...given: unknown[]) => unknown)(...args)
    },
  })
  const wire = createWire(
    {
      // It may end while it is answered: what it does not hear then, it does not need.
      send: (message) => child.connected && child.send(message as object, () => {}),
      onMessage: (listener) => child.on('message', listener),
    },
    {
      ...kept('window.create', (id: number, options: object) => pages?.create(id, options, desk)),
      ...kept('window.load', (id: number, url: string) => pages?.load(id, url) ?? true),
      ...kept('window.reload', (id: number) => pages?.reload(id)),
      ...kept('window.destroy', (id: number) => pages?.destroy(id)),
      ...kept('window.show'),
      ...kept('tray'),
      ...kept('notification'),
      ...kept('outside'),
      ...kept('box', press),
      'port.message': (id: string, data: unknown) => desk.ports.deliver(id, data),
      'port.close': (id: string) => desk.ports.closed(id),
    },
  )
  const ended = Promise.all([once(child, 'exit'), text(child.stderr!)]).then(([[code], stderr]) => ({
    code: code as number | null,
    stderr,
  }))
  const desk: Desk = {
    ask: wire.call,
    told: (name) => log.filter((told) => told.name === name).map(({ args }) => args),
    until: (name, fits = () => true) => {
      const isIt = (told: Told): boolean =>
        told.name === name && (fits as (...args: unknown[]) => boolean)(...told.args)
      const early = log.find(isIt)
      if (early !== undefined) return Promise.resolve(early.args)
      const later = new Promise<unknown[]>((found) => {
        const watcher = (told: Told): void => {
          if (!isIt(told)) return
          watchers.delete(watcher)
          found(told.args)
        }
        watchers.add(watcher)
      })
      return Promise.race([
        later,
        ended.then(({ stderr }) => Promise.reject(new Error(`The desktop ended: ${stderr}`))),
      ])
    },
    ports: createPorts(wire),
    child,
    signal: (signal) => void child.kill(signal),
    ended,
    async end() {
      child.kill('SIGKILL')
      await ended
    },
  }
  return desk
}

/** Resolves once the product's window is shown. */
export async function untilShown(desk: Desk): Promise<void> {
  await desk.until(
    'window.load',
    (_id, url) => String(url).startsWith('app://hookloop/') && !String(url).includes('start.html'),
  )
  await desk.until('window.show')
}
