import { useMutation } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '../../platform/api/session.ts'
import { download } from '../../platform/browser/copy.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Menu, MenuItem } from '../../ui/controls/menu.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { formatCount, plural } from '../../ui/format/size.ts'
import type { ActivityFilter } from './activity-filter.ts'
import { type ExportForm, readAll, toText } from './export-entries.ts'

/** Saves what the filter finds as a file. */
export function ExportMenu({ filter }: { filter: ActivityFilter }) {
  const { client } = useSession()
  const [read, setRead] = useState(0)
  const save = useMutation({
    mutationFn: async (form: ExportForm) => {
      const entries = await readAll(client, filter, setRead)
      download(`hookloop-activity.${form}`, new Blob([toText(entries, form)]))
      return entries.length
    },
    onSuccess: (count) => showDone(`${plural(count, 'entry', 'entries')} saved.`),
    onError: showError,
  })
  return (
    <Menu
      label="Export"
      trigger={
        <Button disabled={save.isPending}>
          {save.isPending ? `${formatCount(read)} read…` : 'Export'} <ChevronDown size={12} />
        </Button>
      }
    >
      <MenuItem onSelect={() => save.mutate('jsonl')}>JSON Lines</MenuItem>
      <MenuItem onSelect={() => save.mutate('csv')}>CSV, for spreadsheets</MenuItem>
    </Menu>
  )
}
