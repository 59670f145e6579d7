import { expect, it } from 'vitest'
import { ACTION_GROUPS, ACTION_IDS, actionEntry } from '../../src-renderer/platform/actions/action-table.ts'
import { keyFace } from '../../src-renderer/platform/actions/keys.ts'
import { PLACES } from '../../src-renderer/app/frame/places.ts'

const ENTRIES = ACTION_IDS.map(actionEntry)

/** Those that can be offered at once: the frame’s own and those of lists stand beside what is open. */
function clashes(groups: readonly string[]): string[] {
  const keys = ENTRIES.filter(({ group }) => groups.includes(group)).flatMap((entry) => entry.keys ?? [])
  return keys.filter((key, at) => keys.indexOf(key) !== at)
}

it('DSK-2 no key of the frame or of lists means two things, nor clashes with what is open', () => {
  for (const group of ACTION_GROUPS) {
    if (group === 'Delivery' || group === 'Replay') continue
    expect(clashes([...new Set(['Window', 'Lists', 'Go to', group])])).toEqual([])
  }
  // A delivery is retried, run or released by one key: only one of them is possible at a time.
  expect(new Set(clashes(['Window', 'Lists', 'Go to', 'Delivery']))).toEqual(new Set(['t']))
  // A replay is paused, or goes on.
  expect(new Set(clashes(['Window', 'Lists', 'Go to', 'Replay']))).toEqual(new Set(['p']))
})

it('DSK-2 every action is named once in its group, and every place of the rail has its keys', () => {
  const names = ENTRIES.map(({ group, name }) => `${group}: ${name}`)
  expect(new Set(names).size).toBe(names.length)
  const going = ACTION_IDS.filter((id) => actionEntry(id).group === 'Go to')
  expect(PLACES.map(({ action }) => action).toSorted()).toEqual(going.toSorted())
  expect(PLACES.flatMap(({ action }) => actionEntry(action).keys ?? [])).toHaveLength(going.length)
})

it('DSK-2 keys are shown as they stand on the keyboard', () => {
  expect([keyFace('mod+k', true), keyFace('mod+k', false)]).toEqual(['⌘K', 'Ctrl K'])
  expect([keyFace('X'), keyFace('ArrowDown'), keyFace('g i'), keyFace('?')]).toEqual(['⇧x', '↓', 'g i', '?'])
})
