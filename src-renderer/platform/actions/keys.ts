import { type ActionId, actionEntry } from './action-table.ts'
import { overlay, typeAhead } from '../overlays.ts'
import { boundActions, type Deed, deedOf, layerOf } from './bound-actions.ts'

const SEQUENCE_MS = 1_000
let first: { key: string; at: number } | null = null

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog') !== null
}

/** Whether a focused control needs the key for itself. */
function isTaken(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element)) return false
  const isArrow = event.key.length > 1 && event.key !== 'Escape'
  if (isArrow && event.target.closest('[role="menu"], [role="tablist"], [role="separator"]') !== null) return true
  return event.key === 'Enter' && event.target.closest('button, a, summary, [role="switch"]') !== null
}

function keysOf(id: ActionId): readonly string[] {
  return actionEntry(id).keys ?? []
}

/** The latest offered of the actions that have these keys. */
function find(keys: string): ActionId | undefined {
  return boundActions()
    .filter((id) => keysOf(id).includes(keys))
    .toSorted((a, b) => layerOf(a) - layerOf(b))
    .at(-1)
}

function beginsSequence(pressed: string): boolean {
  return boundActions().some((id) => keysOf(id).some((keys) => keys.startsWith(`${pressed} `)))
}

/** The key of a sequence that was pressed just before. */
function begunBefore({ timeStamp }: KeyboardEvent): string | null {
  return first !== null && timeStamp - first.at < SEQUENCE_MS ? first.key : null
}

function isModifiedKey({ ctrlKey, metaKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey
}

/** What is typed between the wish for an overlay and its first picture belongs to it. */
function keepForOverlay(event: KeyboardEvent): void {
  event.preventDefault()
  if (!isModifiedKey(event)) typeAhead(event.key)
}

function startKeysListener(onBlocked: (reason: string) => void): (event: KeyboardEvent) => void {
  const run = (event: KeyboardEvent, { blocked, run: act }: Deed): void => {
    event.preventDefault()
    if (blocked === null) act()
    else onBlocked(blocked)
  }
  return (event) => {
    if (event.altKey || event.defaultPrevented || event.key === 'Shift') return
    const isInDialog = document.querySelector('dialog[open]') !== null
    if (!isInDialog && overlay.get() !== null) return keepForOverlay(event)
    const isModified = isModifiedKey(event)
    const pressed = isModified ? `mod+${event.key.toLowerCase()}` : event.key
    const begun = begunBefore(event)
    // The very element, also within the shadow root of an editor.
    const [target = null] = event.composedPath()
    const id = (begun === null || isModified ? undefined : find(`${begun} ${pressed}`)) ?? find(pressed)
    const isAnywhere = id !== undefined && actionEntry(id).isAnywhere === true
    if (isInDialog || (!isAnywhere && (isTyping(target) || isTaken(event)))) return
    first = null
    const deed = id === undefined ? undefined : deedOf(id)
    if (deed !== undefined) run(event, deed)
    else if (beginsSequence(pressed)) first = { key: pressed, at: event.timeStamp }
  }
}

/** To be called once: from then on the window listens to keys. Never while a dialog is open, or a person types. */
export function startKeys(onBlocked: (reason: string) => void): void {
  window.addEventListener('keydown', startKeysListener(onBlocked))
}

const FACES: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  PageDown: 'Page ↓',
  PageUp: 'Page ↑',
  Escape: 'Esc',
  enter: '↵',
}

/** Keys as they stand on a keyboard: `⌘K` or `Ctrl K`, `⇧x`, `g i`. */
export function keyFace(keys: string, isMac = navigator.platform.startsWith('Mac')): string {
  if (keys.startsWith('mod+')) {
    const key = keys.slice(4)
    return `${isMac ? '⌘' : 'Ctrl '}${FACES[key] ?? key.toUpperCase()}`
  }
  if (/^[A-Z]$/.test(keys)) return `⇧${keys.toLowerCase()}`
  return FACES[keys] ?? keys
}
