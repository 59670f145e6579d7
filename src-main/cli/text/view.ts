import { styleText } from 'node:util'
import type { Output, Terminal } from '../terminal/terminal.ts'

export type Style = 'bold' | 'dim' | 'inverse' | 'green' | 'red' | 'yellow' | 'cyan'

/** How text looks where it is shown. */
export interface View {
  /** Columns; without end where nothing cuts a line. */
  width: number
  /** The instant that ages are counted from, in unix ms. */
  now: number
  paint(style: Style, text: string): string
}

/** What a command says: the same words everywhere, or as it fits the place where they are shown. */
export type Text = string | ((view: View) => string)

export function draw(text: Text, view: View): string {
  return typeof text === 'string' ? text : text(view)
}

/** One below the other; an empty text is an empty line. */
export function stack(...texts: readonly Text[]): Text {
  return (view) => texts.map((text) => draw(text, view)).join('\n')
}

/** What is piped is neither cut nor coloured. */
export function viewOf({ env, now }: Pick<Terminal, 'env' | 'now'>, output: Output): View {
  const colours = showsColours(env, output)
  return {
    width: output.isTTY ? (output.columns ?? 80) : Number.POSITIVE_INFINITY,
    now: now(),
    paint: (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text),
  }
}

/** A terminal that understands colours, unless its owner wants none. */
function showsColours(env: NodeJS.ProcessEnv, output: Output): boolean {
  return output.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
}
