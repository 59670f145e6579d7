import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useApi } from '../../platform/api/session.ts'
import { Menu, MenuChoice } from '../../ui/controls/menu.tsx'
import { useTimeScale } from './use-time-scale.ts'

const SCALES = [
  { value: '1', label: '×1', hint: 'waits as they are' },
  { value: '60', label: '×60', hint: 'an hour in a minute' },
  { value: '3600', label: '×3600', hint: 'an hour in a second' },
] as const

/** How fast a project's waits run. */
export function TimeScaleMenu() {
  const { data: status } = useQuery(useApi().system.status.queryOptions({ input: {} }))
  const { setScale } = useTimeScale()
  const scale = String(status?.timeScale ?? 1)
  const isKnown = SCALES.some(({ value }) => value === scale)
  return (
    <Menu
      label="Time scale"
      trigger={
        <button
          type="button"
          title="How fast waits run. Signatures and records keep real time."
          className={`flex shrink-0 items-center gap-1 rounded px-1.5 py-0.5 hover:bg-raise ${scale === '1' ? 'text-muted' : 'text-accent'}`}
        >
          time ×{scale}
          <ChevronDown aria-hidden="true" size={13} />
        </button>
      }
    >
      <p className="max-w-64 px-2 pt-1 pb-1.5 text-small text-muted">
        Only waiting runs faster. Signatures and records keep real time.
      </p>
      <MenuChoice
        value={scale}
        options={isKnown ? SCALES : [...SCALES, { value: scale, label: `×${scale}` }]}
        onChange={(value) => setScale(Number(value))}
      />
    </Menu>
  )
}
