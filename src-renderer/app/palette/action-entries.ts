import { CornerDownRight, Zap } from 'lucide-react'
import { type ActionId, actionEntry } from '../../platform/actions/action-table.ts'
import { boundActions, deedOf } from '../../platform/actions/bound-actions.ts'
import { keyFace } from '../../platform/actions/keys.ts'
import { PLACES } from '../frame/places.ts'
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts'

const MAKES = new Set<ActionId>([
  'event.compose',
  'endpoint.new',
  'source.new',
  'catalog.new_provider',
  'workflow.new',
  'alert.new',
  'key.new',
  'replay.begin',
  'replay.recover',
])

/** What is offered as things stand: first what acts on what is open, then where one can go, then the window’s own. */
export function actionGroups(): readonly PaletteGroup[] {
  const offered = boundActions().filter((id) => actionEntry(id).isKeyOnly !== true)
  const of = (isMeant: (id: ActionId) => boolean): PaletteEntry[] =>
    offered.filter(isMeant).flatMap((id) => toEntry(id) ?? [])
  const isPlace = (id: ActionId): boolean => actionEntry(id).group === 'Go to'
  const isWindow = (id: ActionId): boolean => actionEntry(id).group === 'Window'
  return [
    { title: 'Here', entries: of((id) => !isPlace(id) && !isWindow(id) && !MAKES.has(id)) },
    { title: 'Go to', entries: of(isPlace) },
    { title: 'Make', entries: of((id) => MAKES.has(id)) },
    { title: 'Window', entries: of(isWindow) },
  ]
}

function toEntry(id: ActionId): PaletteEntry | null {
  const deed = deedOf(id)
  if (deed === undefined) return null
  const { name, keys, group } = actionEntry(id)
  const place = PLACES.find(({ action }) => action === id)
  const [first] = keys ?? []
  return {
    id,
    name,
    words: [group],
    icon: place?.icon ?? (group === 'Window' ? CornerDownRight : Zap),
    hint: null,
    keys: first === undefined ? null : keyFace(first),
    blocked: deed.blocked,
    run: deed.run,
  }
}
