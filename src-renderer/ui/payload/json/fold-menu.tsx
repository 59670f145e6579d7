import { FoldVertical } from 'lucide-react'
import { Button } from '../../controls/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../controls/menu.tsx'
import { foldFrom, type Folds, levelsOf } from './folding.ts'
import type { JsonLayout } from './layout/json-layout.ts'

const MOST_LISTED = 5

/** Folds everything, nothing, or what lies deeper than a level. */
export function FoldMenu({ layout, onFold }: { layout: JsonLayout; onFold: (folds: Folds) => void }) {
  const levels = Math.min(levelsOf(layout), MOST_LISTED)
  if (levels < 2) return null
  return (
    <Menu
      label="Fold"
      trigger={
        <Button look="ghost">
          <FoldVertical aria-hidden="true" size={13} /> Fold
        </Button>
      }
    >
      {Array.from({ length: levels - 1 }, (_, index) => index + 1).map((level) => (
        <MenuItem key={level} onSelect={() => onFold(foldFrom(layout, level))}>
          {level === 1 ? 'All but the first level' : `Below level ${level}`}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => onFold(foldFrom(layout, Infinity))}>Unfold all</MenuItem>
    </Menu>
  )
}
