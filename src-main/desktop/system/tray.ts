import { app, Menu, type MenuItemConstructorOptions, Tray } from 'electron'
import { trayImage } from './images.ts'
import { type DeskState, stateLines } from './desk-state.ts'

/** Stands in the system's tray and tells how things stand. */
export interface TrayKeeper {
  show(state: DeskState): void
  /** What can be chosen beside opening and quitting. */
  offer(choices: readonly MenuItemConstructorOptions[]): void
}

export function createTray(open: () => void): TrayKeeper {
  const tray = new Tray(trayImage(false))
  let lines: readonly string[] = []
  let choices: readonly MenuItemConstructorOptions[] = []

  tray.on('click', () => {
    // There, a click opens the menu.
    if (process.platform !== 'darwin') open()
  })

  function build(): void {
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Hookloop', click: open },
        { type: 'separator' },
        ...lines.map((label) => ({ label: capitalized(label), enabled: false })),
        { type: 'separator' },
        ...choices,
        { type: 'separator' },
        { label: 'Quit', click: () => app.quit() },
      ]),
    )
  }

  return {
    show(state) {
      const told = stateLines(state)
      if (told.join('\n') === lines.join('\n')) return
      lines = told
      tray.setImage(trayImage(needsLook(state)))
      tray.setToolTip(`Hookloop: ${lines.join(', ')}`)
      if (process.platform === 'darwin') tray.setTitle(state.unseen > 0 ? String(state.unseen) : '')
      build()
    },
    offer(next) {
      choices = next
      build()
    },
  }
}

function needsLook({ engine, paused }: DeskState): boolean {
  return engine === 'failed' || paused.length > 0
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
