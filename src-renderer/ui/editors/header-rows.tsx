import { Plus, X } from 'lucide-react'
import type { HeaderList } from '#shared/model/header.ts'
import { Button, IconButton } from '../controls/button.tsx'

const CELL = 'mono h-7 min-w-0 rounded border border-line bg-bg px-2 hover:border-faint'

/** Header pairs to edit, in order; duplicates allowed. */
export function HeaderRows({
  legend,
  headers,
  error,
  onChange,
}: {
  legend: string
  headers: HeaderList
  error?: string | null
  onChange: (headers: HeaderList) => void
}) {
  const replace = (at: number, pair: readonly [string, string]): void =>
    onChange(headers.map((old, index) => (index === at ? [...pair] : old)))
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small font-medium">{legend}</legend>
      {headers.map(([name, value], index) => (
        <div key={index} className="grid grid-cols-[2fr_3fr_24px] items-center gap-1.5">
          <input
            aria-label={`Name of header ${index + 1}`}
            placeholder="Name"
            spellCheck={false}
            className={CELL}
            value={name}
            onChange={(event) => replace(index, [event.target.value, value])}
          />
          <input
            aria-label={`Value of header ${index + 1}`}
            placeholder="value"
            spellCheck={false}
            className={CELL}
            value={value}
            onChange={(event) => replace(index, [name, event.target.value])}
          />
          <IconButton
            label={`Remove header ${index + 1}`}
            onClick={() => onChange(headers.filter((_, at) => at !== index))}
          >
            <X size={13} />
          </IconButton>
        </div>
      ))}
      {error !== undefined && error !== null && (
        <p role="alert" className="text-small text-fail">
          {error}
        </p>
      )}
      <Button look="ghost" className="self-start" onClick={() => onChange([...headers, ['', '']])}>
        <Plus size={13} /> Add a header
      </Button>
    </fieldset>
  )
}
