import { Equal, EqualNot, Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { Toggle } from '../controls/toggle.tsx'
import type { PairDifference } from './values/pairs-diff.ts'

const LOOKS = {
  same: { word: 'same', icon: Equal, tone: 'text-faint', left: '', right: '' },
  changed: { word: 'differs', icon: EqualNot, tone: 'text-retry', left: 'bg-fail/9', right: 'bg-ok/9' },
  removed: { word: 'only left', icon: Minus, tone: 'text-fail', left: 'bg-fail/9', right: '' },
  added: { word: 'only right', icon: Plus, tone: 'text-ok', left: '', right: 'bg-ok/9' },
} as const

function kindOf({ left, right }: PairDifference): keyof typeof LOOKS {
  if (left === null) return 'added'
  if (right === null) return 'removed'
  return left === right ? 'same' : 'changed'
}

/** Names and values of two sides beside each other. */
export function PairsDiffView({
  label,
  pairs,
  titles,
}: {
  label: string
  pairs: readonly PairDifference[]
  /** What the two sides are. */
  titles: readonly [left: string, right: string]
}) {
  const [onlyChanges, setOnlyChanges] = useState(false)
  const rows = pairs.map((pair) => ({ ...pair, kind: kindOf(pair) }))
  const shown = onlyChanges ? rows.filter(({ kind }) => kind !== 'same') : rows
  const differing = rows.filter(({ kind }) => kind !== 'same').length
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <div className="flex items-center justify-between border-b border-line px-4 py-1.5 text-small text-muted">
        <span>{differing === 0 ? 'Nothing differs.' : `${differing} of ${rows.length} differ.`}</span>
        <Toggle label="Only what differs" checked={onlyChanges} onChange={setOnlyChanges} />
      </div>
      <table aria-label={label} className="mono w-full table-fixed border-collapse">
        <colgroup>
          <col className="w-[24%]" />
          <col className="w-24" />
          <col />
          <col />
        </colgroup>
        <thead className="border-b border-line bg-panel text-left font-sans text-mini text-faint">
          <tr>
            <th className="py-1 pr-3 pl-4 font-normal">name</th>
            <th className="py-1 pr-3 font-normal">difference</th>
            <th className="truncate px-2 py-1 font-normal">{titles[0]}</th>
            <th className="truncate px-2 py-1 font-normal">{titles[1]}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, left, right, kind }, index) => {
            const { word, icon: Icon, tone, left: onLeft, right: onRight } = LOOKS[kind]
            return (
              <tr key={index} className="border-b border-line/55 align-top">
                <td className="py-1 pr-3 pl-4 break-words text-muted">{name}</td>
                <td className={`py-1 pr-3 font-sans text-small ${tone}`}>
                  <span className="flex items-center gap-1.5">
                    <Icon aria-hidden="true" size={12} className="shrink-0" /> {word}
                  </span>
                </td>
                <td className={`px-2 py-1 break-words whitespace-pre-wrap ${onLeft}`}>{left}</td>
                <td className={`px-2 py-1 break-words whitespace-pre-wrap ${onRight}`}>{right}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
