import { CircleAlert, CirclePlus, Info, type LucideIcon, MinusCircle, Replace } from 'lucide-react'
import type { DriftFinding } from '#shared/model/schema/drift.ts'
import { CopyButton } from '../../../ui/controls/copy-button.tsx'

const KINDS: Record<DriftFinding['kind'], { word: string; icon: LucideIcon }> = {
  missing: { word: 'missing', icon: MinusCircle },
  new: { word: 'new', icon: CirclePlus },
  type: { word: 'other type', icon: Replace },
  value: { word: 'other value', icon: CircleAlert },
}

/** Where a body differs from its type’s schema. */
export function FindingsTable({ findings }: { findings: readonly DriftFinding[] }) {
  const sorted = findings.toSorted((a, b) => Number(b.breaks) - Number(a.breaks))
  return (
    <table aria-label="Differences" className="mt-2 w-full table-fixed border-collapse">
      <colgroup>
        <col className="w-28" />
        <col />
        <col className="w-[30%]" />
        <col className="w-20" />
        <col className="w-8" />
      </colgroup>
      <thead className="text-left text-mini text-faint">
        <tr className="border-b border-line">
          <th className="py-1 font-normal">what</th>
          <th className="py-1 font-normal">where</th>
          <th className="py-1 font-normal">expected</th>
          <th className="py-1 font-normal">found</th>
          <th className="sr-only">Copy</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ kind, path, expected, found, breaks }, index) => {
          const { word, icon: Icon } = KINDS[kind]
          return (
            <tr key={index} className="group border-b border-line/55 align-top">
              <td className={`py-1 text-small ${breaks ? 'text-retry' : 'text-muted'}`}>
                <span className="flex items-center gap-1.5">
                  {breaks ? (
                    <Icon aria-hidden="true" size={12} className="shrink-0" />
                  ) : (
                    <Info aria-hidden="true" size={12} className="shrink-0" />
                  )}
                  {word}
                </span>
              </td>
              <td className="mono py-1 pr-3 break-words">{path}</td>
              <td className="py-1 pr-3 break-words text-muted">{expected ?? 'not in the schema'}</td>
              <td className="py-1 pr-3 break-words text-muted">{found ?? 'nothing'}</td>
              <td className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                <CopyButton iconOnly text={path} label={`Copy the path ${path}`} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
