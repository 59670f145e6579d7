import type { Standing } from '#main/compose/watch/watch.ts'

/** What the tray tells. */
export interface DeskState extends Standing {
  engine: 'starting' | 'running' | 'asleep' | 'stopping' | 'failed'
}

const ENGINE: Readonly<Record<DeskState['engine'], string>> = {
  starting: 'starting',
  running: 'capturing and delivering',
  asleep: 'asleep with this machine',
  stopping: 'finishing what is under way',
  failed: 'could not start',
}
const NAMED = 3
const MOST_CHARACTERS = 40

/** `capturing and delivering`, `12 new events`, `2 endpoints paused: Shop, Billing`. */
export function stateLines({ engine, unseen, paused }: DeskState): string[] {
  return [
    ENGINE[engine],
    ...(unseen > 0 ? [unseen === 1 ? '1 new event' : `${unseen} new events`] : []),
    ...(paused.length > 0 ? [pausedLine(paused)] : []),
  ]
}

function pausedLine(paused: readonly string[]): string {
  const names = paused.slice(0, NAMED).map(shortened).join(', ')
  const more = paused.length > NAMED ? ' …' : ''
  return `${paused.length === 1 ? '1 endpoint' : `${paused.length} endpoints`} paused: ${names}${more}`
}

/** An ampersand would mark the next letter of a menu. */
function shortened(name: string): string {
  const line = name.replaceAll('&', '＆')
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line
}
