import { viewOf } from '../../../text/view.ts'
import type { Terminal } from '../../../terminal/terminal.ts'
import { explain } from '../../../exit.ts'
import type { ForwardChange } from '../../../forwarding/changes.ts'
import { openCanvas } from './canvas.ts'
import { createCommands, type Commands, type Listening } from './commands.ts'
import { type Key, readKeys } from './keys.ts'
import { innerHeight, openLines, screenLines } from './screen-view.ts'
import * as state from './state.ts'

/** Ages grow while nothing happens. */
const TICK_MS = 1_000

export interface ScreenOrder extends Listening {
  terminal: Terminal
  changes: AsyncIterable<ForwardChange>
  /** Tells, by the function it is given, when the link is cut. */
  onLost(tell: () => void): void
  /** Ends the changes, too. */
  quit: AbortController
  message: string
}

/** The live list, until a person quits or the changes end; the terminal is given back as it was. */
export async function runScreen(order: ScreenOrder): Promise<void> {
  const { terminal, changes, quit } = order
  let now = state.firstState(order.endpoint, order.message)
  const view = () => viewOf(terminal, terminal.stdout)
  const canvas = openCanvas(terminal.stdout, () => paint())
  const paint = () => canvas.draw(screenLines(now, order, view(), canvas.size().rows))
  const update = (change: (before: state.ListenState) => state.ListenState) => {
    now = change(now)
    paint()
  }
  const commands = createCommands(order, { read: () => now, update, fail: (error) => update(said(error)) })
  const height = () => innerHeight(canvas.size().rows)
  const release = readKeys(terminal.stdin, (key) => {
    if (key.name === 'q' && now.typed === null) quit.abort()
    else press(key, { now, update, commands, height: height(), lines: () => openLines(now, view()).length })
  })
  const ticking = setInterval(paint, TICK_MS)
  order.onLost(() => update((before) => ({ ...before, link: 'cut' })))
  try {
    paint()
    for await (const change of changes) {
      update((before) => state.inSight(state.afterChange(before, change), height()))
      commands.after(change)
    }
  } finally {
    clearInterval(ticking)
    release()
    canvas.close()
  }
}

function said(error: unknown) {
  const message = explain(error)?.message ?? String(error)
  return (before: state.ListenState): state.ListenState => ({ ...before, message })
}

interface Pressed {
  now: state.ListenState
  update(change: (before: state.ListenState) => state.ListenState): void
  commands: Commands
  height: number
  /** Of what is open. */
  lines(): number
}

function press(key: Key, pressed: Pressed): void {
  const { now, update, commands } = pressed
  if (now.typed !== null) return commands.type(key)
  if (now.showsKeys) return update((before) => ({ ...before, showsKeys: false }))
  const by = steps(key.name, pressed)
  if (by !== undefined) return move(by, pressed)
  switch (key.name) {
    case 'return':
    case 'right':
      return now.open ? undefined : commands.open()
    case 'escape':
    case 'backspace':
    case 'left':
      return update((before) => state.closed(before, pressed.height))
    case 'r':
      return commands.replay()
    case 'p':
      return commands.togglePause()
    case 'f':
    case '/':
      return update((before) => ({ ...before, typed: before.filter?.text ?? '' }))
    case '?':
      return update((before) => ({ ...before, showsKeys: true }))
  }
}

function move(by: number, { now, update, height, lines }: Pressed): void {
  if (now.open) update((before) => state.scrolled(before, by, lines()))
  else update((before) => state.moved(before, by, height))
}

function steps(name: string, { height }: Pressed): number | undefined {
  const all = Number.MAX_SAFE_INTEGER
  const ways: Readonly<Record<string, number>> = {
    up: -1,
    k: -1,
    down: 1,
    j: 1,
    pageup: -height,
    pagedown: height,
    ' ': height,
    home: -all,
    g: -all,
    end: all,
    G: all,
  }
  return ways[name]
}
