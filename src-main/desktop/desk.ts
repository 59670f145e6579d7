import { app, dialog, powerMonitor, shell } from 'electron'
import { findInstallation } from '#main/compose/installation.ts'
import type { Running } from '#main/compose/start.ts'
import type { Watch } from '#main/compose/watch/watch.ts'
import type { StartState } from '#shared/model/start-state.ts'
import { appChoices } from './choices.ts'
import { serveWindow } from './page/app-protocol.ts'
import { acceptPorts } from './page/port-handover.ts'
import { restrictPages } from './page/restrictions.ts'
import { createProduct } from './start/product.ts'
import { createStartPage } from './start/start-page.ts'
import { startsHidden } from './system/command-line.ts'
import type { DeepLinks } from './system/deep-links.ts'
import { openDeskMemory } from './system/desk-memory.ts'
import type { DeskState } from './system/desk-state.ts'
import { launchAtLogin } from './system/login.ts'
import { showMenu } from './system/menu.ts'
import { createNotifier } from './system/notifier.ts'
import { quitGracefully } from './system/quit.ts'
import { createTray } from './system/tray.ts'
import { updateChoice } from './update/update-choice.ts'
import { createUpdates } from './update/updates.ts'
import { keepWindow, START_PAGE, WINDOW_PAGE } from './window/window-keeper.ts'

/** A start that takes longer shows its page while it lasts. */
const PATIENCE_MS = 1_000
/** How often the tray follows what happens. */
const TRAY_EVERY_MS = 500

/** Everything around the engine that makes it a desktop app, once Electron is ready. */
export async function runDesk(links: DeepLinks): Promise<void> {
  const memory = openDeskMemory()
  const login = launchAtLogin()
  let engine: DeskState['engine'] = 'starting'
  let watch: Watch | null = null
  let dataDirectory: string | null = null
  let isRefreshing = false

  restrictPages()
  serveWindow(findInstallation().uiDirectory)

  const product = createProduct({ onState: showStart, onRunning: showRunning })
  const quit = quitGracefully({ stop: product.stop, onStopping: () => become('stopping') })
  const window = keepWindow({
    memory,
    staysWhenClosed: () => memory.get().staysWhenClosed && engine !== 'failed' && !quit.isQuitting(),
    onHidden: sayItStays,
    onSeen: () => watch?.seen(),
    onBroken: askAboutBroken,
  })
  const notify = createNotifier({
    isLookedAt: window.isLookedAt,
    show: ({ project, place }) =>
      window.show(`/go?project=${encodeURIComponent(project)}&to=${encodeURIComponent(place)}`),
  })
  const startPage = createStartPage((wish) => {
    if (wish === 'retry') void product.start()
    else if (wish === 'show-data') showData()
    else app.quit()
  })
  const updates = createUpdates((state) => {
    if (state?.kind === 'ready') sayItIsReady(state.version)
    showChoices()
  })
  const tray = createTray(() => window.show())

  acceptPorts((port) => {
    if (!product.connect(port)) startPage.connect(port)
  })
  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  powerMonitor.on('suspend', () => {
    if (engine !== 'running') return
    product.running()?.suspend()
    become('asleep')
  })
  powerMonitor.on('resume', () => {
    if (engine !== 'asleep') return
    product.running()?.resume()
    become('running')
  })
  showChoices()

  const isHidden = startsHidden(process.argv)
  const impatient = setTimeout(() => !isHidden && window.show(), PATIENCE_MS)
  await product.start()
  clearTimeout(impatient)
  if (!isHidden) window.show()

  function showStart(state: StartState): void {
    if (state.kind === 'failed') ({ dataDirectory } = state)
    startPage.show(state)
    become(state.kind)
    if (state.kind === 'starting') return
    window.turnTo(START_PAGE)
    window.show()
  }

  function showRunning(running: Running): void {
    ;({ dataDirectory } = running)
    watch = running.watch({ isLookedAt: window.isLookedAt, onChange: refreshSoon, onNotice: notify })
    become('running')
    window.turnTo(WINDOW_PAGE)
    links.deliver(window.show)
  }

  function become(next: DeskState['engine']): void {
    engine = next
    refresh()
  }

  function refresh(): void {
    tray.show({ engine, unseen: 0, paused: [], ...watch?.standing() })
    app.setBadgeCount(watch?.standing().unseen ?? 0)
  }

  /** A menu that is built anew closes one that is open: only when a choice was made. */
  function showChoices(): void {
    const update = updates && updateChoice(updates, () => quit.quitThrough(updates.install))
    const choices = appChoices({ memory, login, update, onChange: showChoices })
    tray.offer(choices)
    showMenu({ show: window.show, choices, showData })
    refresh()
  }

  function refreshSoon(): void {
    if (isRefreshing) return
    isRefreshing = true
    setTimeout(() => {
      isRefreshing = false
      refresh()
    }, TRAY_EVERY_MS)
  }

  function showData(): void {
    if (dataDirectory !== null) void shell.openPath(dataDirectory)
  }

  function sayItStays(): void {
    if (memory.get().saidItStays) return
    memory.set({ saidItStays: true })
    notify({ title: 'Hookloop keeps running', body: 'Open or quit it from the tray.', place: '/', project: 'default' })
  }

  function sayItIsReady(version: string): void {
    const body = 'It is put in place when you quit; the menu restarts into it at once.'
    notify({ title: `Hookloop ${version} is ready`, body, place: '/', project: 'default' })
  }

  function askAboutBroken(reason: string): void {
    const box = {
      type: 'error' as const,
      message: 'The window stopped working several times in a row.',
      detail: `The engine still captures and delivers. Reason: ${reason}.`,
      buttons: ['Load Again', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    }
    void dialog.showMessageBox(box).then(({ response }) => (response === 0 ? window.turnTo(WINDOW_PAGE) : app.quit()))
  }
}
