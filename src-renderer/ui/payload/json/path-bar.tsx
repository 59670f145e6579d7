import { Filter } from 'lucide-react'
import { formatJsonPath, type JsonPath, pathOfKeys } from '#shared/model/filter/language/json-path.ts'
import { Button } from '../../controls/button.tsx'
import { CopyButton } from '../../controls/copy-button.tsx'
import type { JsonLayout } from './layout/json-layout.ts'
import { keysAt, scalarOf, valueAt } from './value-places.ts'

/** Shows the events whose body has this value at this place. */
export type FilterBy = (path: JsonPath, value: string | number | boolean | null) => void

/** Where the chosen line stands, and what can be done with it. */
export function PathBar({
  text,
  layout,
  line,
  onFilter,
}: {
  text: string
  layout: JsonLayout
  line: number
  onFilter: FilterBy | undefined
}) {
  const path = pathOfKeys(keysAt(text, layout, line))
  const value = valueAt(text, layout, line)
  const scalar = scalarOf(value)
  return (
    <div
      role="group"
      aria-label="Chosen line"
      className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-t border-line bg-panel px-4 py-1.5"
    >
      <span className="mono min-w-0 grow truncate" title={formatJsonPath(path)}>
        {formatJsonPath(path)}
      </span>
      <CopyButton text={formatJsonPath(path)} label="Copy path">
        Copy path
      </CopyButton>
      <CopyButton text={typeof scalar === 'string' ? scalar : value} label="Copy value">
        Copy value
      </CopyButton>
      {onFilter !== undefined && scalar !== undefined && path.length > 0 && (
        <Button onClick={() => onFilter(path, scalar)}>
          <Filter aria-hidden="true" size={12} /> Filter by this
        </Button>
      )}
    </div>
  )
}
