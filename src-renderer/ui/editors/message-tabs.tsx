import { type ReactNode, useState } from 'react'
import type { HeaderList } from '#shared/model/header.ts'
import { Tabs } from '../controls/tabs.tsx'
import { HeaderRows } from './header-rows.tsx'

/** The two parts of a message to edit. */
export function MessageTabs({
  body,
  headers,
  headerError,
  headerNote,
  onHeaders,
}: {
  body: ReactNode
  headers: HeaderList
  headerError: string | null
  headerNote: ReactNode
  onHeaders: (headers: HeaderList) => void
}) {
  const [tab, setTab] = useState('body')
  // What is refused must be in sight.
  const [seenError, setSeenError] = useState<string | null>(null)
  if (headerError !== seenError) {
    setSeenError(headerError)
    if (headerError !== null) setTab('headers')
  }
  return (
    <Tabs
      label="Message"
      value={tab}
      onChange={setTab}
      tabs={[
        {
          id: 'body',
          label: 'Body',
          content: () => <div className="flex min-h-0 grow flex-col px-4 py-2">{body}</div>,
        },
        {
          id: 'headers',
          label: 'Headers',
          count: headers.length,
          content: () => (
            <div className="flex min-h-0 grow flex-col gap-2 overflow-y-auto px-4 py-3">
              <HeaderRows legend="Headers" headers={headers} error={headerError} onChange={onHeaders} />
              <p className="text-small text-muted">{headerNote}</p>
            </div>
          ),
        },
      ]}
    />
  )
}
