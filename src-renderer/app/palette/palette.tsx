import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Kbd } from '../../ui/controls/kbd.tsx'
import { typedBefore } from '../../platform/overlays.ts'
import { Dialog } from '../../ui/feedback/dialog.tsx'
import { useEntries } from './entries.ts'
import { rank } from './rank.ts'
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts'

/** Every place and every action, found by name. It opens on what can be done with what is open. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState('')
  // The dialog stands there by now: what is typed from here on goes to it.
  useEffect(() => setWords(typedBefore()), [])
  const groups = useEntries(words.trim())
  const choose = (entry: PaletteEntry): void => {
    onClose()
    // Closed first: an action may open a dialog of its own.
    queueMicrotask(entry.run)
  }
  return (
    <Dialog title="Find a place or an action" isBare wide onClose={onClose}>
      <Command label="Find a place or an action" loop filter={rank}>
        <div className="flex items-center gap-2 border-b border-line px-3">
          <Search aria-hidden="true" size={14} className="shrink-0 text-faint" />
          <Command.Input
            data-first
            value={words}
            onValueChange={setWords}
            placeholder="Find a place, an action, an endpoint, a source, an event type"
            className="h-10 min-w-0 grow bg-transparent outline-none"
          />
        </div>
        <Command.List className="max-h-[52vh] scroll-py-1 overflow-y-auto p-1">
          <Command.Empty className="px-3 py-6 text-center text-muted">Nothing is called so.</Command.Empty>
          {groups.map((group) => (
            <Group key={group.title} group={group} onChoose={choose} />
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}

function Group({
  group: { title, entries },
  onChoose,
}: {
  group: PaletteGroup
  onChoose: (entry: PaletteEntry) => void
}) {
  if (entries.length === 0) return null
  return (
    <Command.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-mini [&_[cmdk-group-heading]]:text-faint"
    >
      {entries.map((entry) => (
        <Command.Item
          key={entry.id}
          value={entry.id}
          keywords={[entry.name, ...entry.words]}
          disabled={entry.blocked !== null}
          onSelect={() => onChoose(entry)}
          className="flex h-7.5 items-center gap-2.5 rounded px-2 data-[disabled=true]:text-faint data-[selected=true]:bg-accent-soft"
        >
          <entry.icon aria-hidden="true" size={14} strokeWidth={1.75} className="shrink-0 text-muted" />
          <span className="truncate">{entry.name}</span>
          <span className="ml-auto truncate pl-4 text-small text-muted">{entry.blocked ?? entry.hint}</span>
          {entry.keys !== null && <Kbd>{entry.keys}</Kbd>}
        </Command.Item>
      ))}
    </Command.Group>
  )
}
