import { useQuery } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useApi } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { ErrorState } from '../../ui/feedback/states.tsx'
import { ImportRow } from './import-row.tsx'
import { importListOptions } from './queries.ts'
import { useSendFile } from './use-send-file.ts'

/** Where a file is dropped, and what became of those that were. */
export function ImportsSection() {
  const { data, error, refetch } = useQuery(importListOptions(useApi()))
  return (
    <section aria-label="Imports" className="flex flex-col gap-3">
      <h2 className="font-semibold">Import</h2>
      <DropZone />
      {error !== null && (
        <ErrorState title="The imports could not be read" error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && data.items.length > 0 && (
        <ul aria-label="Imports" className="border-t border-line">
          {data.items.map((run) => (
            <ImportRow key={run.id} run={run} />
          ))}
        </ul>
      )}
    </section>
  )
}

function DropZone() {
  const { send, isSending } = useSendFile()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file !== undefined && !isSending) void send(file)
  }
  return (
    <div
      className={`flex flex-col items-center gap-2.5 rounded-md border border-dashed px-6 py-7 text-center ${isOver ? 'border-accent bg-accent-soft' : 'border-faint'}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <FileUp aria-hidden="true" size={18} className="text-muted" />
      <p>Drop a HAR, or JSON Lines that Hookloop exported, here.</p>
      <input
        ref={input}
        type="file"
        aria-label="File to import"
        accept=".har,.json,.jsonl,.ndjson,application/json"
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file !== undefined) void send(file)
        }}
      />
      <Button disabled={isSending} onClick={() => input.current?.click()}>
        {isSending ? 'Sending…' : 'Choose a file…'}
      </Button>
      <p className="text-small text-muted">
        It is checked whole before anything of it is kept, and delivered to nobody: replay what you want delivered.
      </p>
    </div>
  )
}
