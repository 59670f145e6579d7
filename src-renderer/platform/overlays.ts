import { createObservable } from './browser/observable.ts'

/** A dialog that any screen may ask for; the app shows it. */
export type Overlay =
  | { kind: 'replay'; eventId: string; endpointId?: string }
  /** Chosen events, or all that a filter takes; the dialog lets a person change the filter. */
  | { kind: 'bulk-replay'; events: { eventIds: readonly string[] } | { filter: string } }
  /** Chosen events, or all that a filter takes. */
  | { kind: 'export'; events: { eventIds: readonly string[] } | { filter: string } }
  | { kind: 'resume'; endpointId: string; name: string }
  | { kind: 'new-project' }
  | { kind: 'shortcuts' }
  | { kind: 'palette' }

export const overlay = createObservable<Overlay | null>(null)

let typedAhead = ''

/** Takes a key that was pressed while an overlay is asked for and does not stand there yet. */
export function typeAhead(key: string): void {
  if (key === 'Escape') closeOverlay()
  else if (key === 'Backspace') typedAhead = typedAhead.slice(0, -1)
  else if (key.length === 1) typedAhead += key
}

/** What was typed before the overlay stood there. */
export function typedBefore(): string {
  return typedAhead
}

export function openOverlay(next: Overlay): void {
  typedAhead = ''
  overlay.set(next)
}

export function closeOverlay(): void {
  overlay.set(null)
}
