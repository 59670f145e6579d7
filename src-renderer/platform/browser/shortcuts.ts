import { useEffect, useRef } from 'react'

/** Keys to deeds: `j`, `ArrowDown`, `?`, or two in a row such as `g i`. */
export type Shortcuts = Readonly<Record<string, () => void>>

const SEQUENCE_MS = 1_000
const layers: { readonly current: Shortcuts }[] = []
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

function find(keys: string): (() => void) | undefined {
  return layers.findLast((layer) => layer.current[keys] !== undefined)?.current[keys]
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.key === 'Shift') return
  if (isTyping(event.target) || isTaken(event) || document.querySelector('dialog[open]') !== null) return
  const begun = first !== null && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null
  first = null
  const deed = (begun === null ? undefined : find(`${begun} ${event.key}`)) ?? find(event.key)
  if (deed !== undefined) {
    event.preventDefault()
    deed()
  } else if (layers.some((layer) => Object.keys(layer.current).some((keys) => keys.startsWith(`${event.key} `)))) {
    first = { key: event.key, at: event.timeStamp }
  }
}

/** To be called once: from then on the window listens to keys. */
export function startShortcuts(): void {
  window.addEventListener('keydown', onKey)
}

/** Answers keys while mounted. Never while a person types, a dialog is open, or a modifier is held. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts)
  useEffect(() => {
    current.current = shortcuts
  })
  useEffect(() => {
    layers.push(current)
    return () => void layers.splice(layers.indexOf(current), 1)
  }, [])
}
