import { emitKeypressEvents, type Interface } from 'node:readline'
import type { Input } from '../../../terminal/terminal.ts'

export interface Key {
  /** `up`, `return`, `escape`, a letter as typed, … */
  name: string
  /** What was typed, where it can be seen. */
  text: string
}

/** What the keys do, as the footer and its long form tell. */
export const KEYS = [
  ['↑ ↓', 'move'],
  ['enter', 'open'],
  ['r', 'replay'],
  ['p', 'pause'],
  ['f', 'filter'],
  ['?', 'keys'],
  ['q', 'quit'],
] as const

/** Escape alone is told from the beginning of another key by the time after it. */
const QUICK = { escapeCodeTimeout: 50 } as unknown as Interface

/** Each key as it is pressed, without waiting for the end of a line; the returned function gives the terminal back. */
export function readKeys(input: Input, onKey: (key: Key) => void): () => void {
  const listen = (text: string | undefined, key: { name?: string; ctrl?: boolean; sequence?: string }): void => {
    if (key.ctrl) onKey({ name: key.name === 'c' || key.name === 'd' ? 'q' : '', text: '' })
    else onKey({ name: text !== undefined && /^[!-~]$/.test(text) ? text : (key.name ?? ''), text: visible(text) })
  }
  emitKeypressEvents(input, QUICK)
  input.setRawMode?.(true)
  input.on('keypress', listen)
  input.resume()
  return () => {
    input.off('keypress', listen)
    input.setRawMode?.(false)
    input.pause()
  }
}

function visible(text: string | undefined): string {
  return text !== undefined && /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(text) ? text : ''
}
