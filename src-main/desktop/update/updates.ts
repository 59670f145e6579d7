import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/** How an update stands; null where nobody has looked yet. */
export type UpdateState =
  | null
  | { kind: 'checking' | 'newest' }
  | { kind: 'downloading' | 'ready'; version: string }
  | { kind: 'failed'; reason: string }

const FIRST_LOOK_AFTER_MS = 30_000
const LOOK_EVERY_MS = 6 * 3_600_000

export interface Updates {
  state(): UpdateState
  /** Looks now; what is newer is downloaded and checked. Never throws: the state tells what came of it. */
  look(): Promise<void>
  /** Puts the update in the place of this version and starts it; to be called once nothing else runs. */
  install(): void
}

/** Null for a copy that was packaged without a channel, or not at all: it looks nowhere. */
export function createUpdates(onState: (state: UpdateState) => void): Updates | null {
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return null
  let state: UpdateState = null
  let updater: Promise<Awaited<ReturnType<typeof load>>> | null = null

  function become(next: UpdateState): void {
    state = next
    onState(next)
  }

  async function load() {
    const { autoUpdater } = await import('electron-updater')
    autoUpdater.logger = null
    autoUpdater.autoDownload = true
    autoUpdater.autoInstallOnAppQuit = true
    autoUpdater.allowPrerelease = false
    // After all else: a setter of the library turns it on.
    autoUpdater.allowDowngrade = false
    autoUpdater.on('update-not-available', () => become({ kind: 'newest' }))
    autoUpdater.on('update-available', ({ version }) => become({ kind: 'downloading', version }))
    autoUpdater.on('update-downloaded', ({ version }) => become({ kind: 'ready', version }))
    autoUpdater.on('error', (error) => become({ kind: 'failed', reason: firstLine(error) }))
    return autoUpdater
  }

  async function look(): Promise<void> {
    if (state?.kind === 'ready' || state?.kind === 'downloading') return
    become({ kind: 'checking' })
    try {
      const found = await (await (updater ??= load())).checkForUpdates()
      await found?.downloadPromise
      if (found === null) become({ kind: 'newest' })
    } catch (error) {
      become({ kind: 'failed', reason: firstLine(error) })
    }
  }

  setTimeout(() => void look(), FIRST_LOOK_AFTER_MS).unref()
  setInterval(() => void look(), LOOK_EVERY_MS).unref()
  return {
    state: () => state,
    look,
    install: () => void updater?.then((ready) => ready.quitAndInstall(true, true)),
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 200)
}
