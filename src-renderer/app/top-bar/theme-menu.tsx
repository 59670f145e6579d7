import { Monitor, Moon, Sun } from 'lucide-react'
import { useObservable } from '../../platform/browser/observable.ts'
import { chooseTheme, type ThemeChoice, themeChoice } from '../../platform/browser/theme.ts'
import { IconButton } from '../../ui/controls/button.tsx'
import { Menu, MenuChoice } from '../../ui/controls/menu.tsx'

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const
const OPTIONS: readonly { value: ThemeChoice; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

export function ThemeMenu() {
  const choice = useObservable(themeChoice)
  const Icon = ICONS[choice]
  return (
    <Menu
      label="Theme"
      trigger={
        <IconButton label="Theme">
          <Icon size={15} strokeWidth={1.75} />
        </IconButton>
      }
    >
      <MenuChoice
        value={choice}
        options={OPTIONS}
        onChange={(value) => {
          const option = OPTIONS.find((known) => known.value === value)
          if (option !== undefined) chooseTheme(option.value)
        }}
      />
    </Menu>
  )
}
