import type { MenuItemConstructorOptions } from 'electron'
import type { DeskMemory } from './system/desk-memory.ts'
import type { LaunchAtLogin } from './system/login.ts'

interface ChoiceDeps {
  memory: DeskMemory
  login: LaunchAtLogin
  /** Null for a copy without a channel. */
  update: MenuItemConstructorOptions | null
  onChange(): void
}

/** What a person chooses about the app itself, in the tray and in the menu alike. */
export function appChoices({ memory, login, update, onChange }: ChoiceDeps): MenuItemConstructorOptions[] {
  const staying: MenuItemConstructorOptions = {
    label: 'Keep Running When the Window Is Closed',
    type: 'checkbox',
    checked: memory.get().staysWhenClosed,
    click: ({ checked }) => {
      memory.set({ staysWhenClosed: checked })
      onChange()
    },
  }
  const atLogin: MenuItemConstructorOptions = {
    label: 'Launch at Login',
    type: 'checkbox',
    checked: login.get(),
    click: ({ checked }) => {
      login.set(checked)
      onChange()
    },
  }
  return [...(update === null ? [] : [update]), staying, ...(login.isOffered ? [atLogin] : [])]
}
