import { app, dialog, type MenuItemConstructorOptions } from 'electron'
import type { Updates } from './updates.ts'

/** What the menu offers about updates: to look, or to restart into one that waits. */
export function updateChoice(updates: Updates, restart: () => void): MenuItemConstructorOptions {
  const state = updates.state()
  switch (state?.kind) {
    case 'ready':
      return { label: `Restart to Update to ${state.version}`, click: restart }
    case 'downloading':
      return { label: `Downloading ${state.version} …`, enabled: false }
    case 'checking':
      return { label: 'Looking for Updates …', enabled: false }
    default:
      return { label: 'Check for Updates…', click: () => void lookAndTell(updates) }
  }
}

async function lookAndTell(updates: Updates): Promise<void> {
  await updates.look()
  const state = updates.state()
  // One that is ready tells of itself.
  if (state?.kind === 'newest') tell('info', 'You have the newest version.', `This is Hookloop ${app.getVersion()}.`)
  if (state?.kind === 'failed') {
    tell('warning', 'The update failed.', `${state.reason}\n\nNothing was changed; Hookloop goes on as it is.`)
  }
}

function tell(type: 'info' | 'warning', message: string, detail: string): void {
  void dialog.showMessageBox({ type, message, detail, buttons: ['OK'] })
}
