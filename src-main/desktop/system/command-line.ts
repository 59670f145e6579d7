import { app, dialog } from 'electron'

/** What Hookloop takes on its command line. Chromium and Electron know many more switches, and some open every door. */
const TAKEN = [
  /^--hidden$/,
  // Given by the installer after an update, and by older versions of macOS.
  /^--updated$/,
  /^-psn_\w+$/,
  /^--ozone-platform(-hint)?=(auto|wayland|x11)$/,
  /^--password-store=(gnome-libsecret|kwallet[56]?)$/,
  /^--force-device-scale-factor=\d(\.\d+)?$/,
]

export const LINK_SCHEME = 'hookloop'
/** One character more than a link may have: whoever shows it sees that it is too long. */
const LINK_CUT = 8_193

/**
 * False where a packaged app was started with a switch that is not for it, which the user is told. A link on another page
 * or another program must not be able to start Hookloop with its protections off.
 */
export function acceptsSwitches(argv: readonly string[]): boolean {
  if (!app.isPackaged) return true
  const foreign = argv.slice(1).find((word) => word.startsWith('-') && !TAKEN.some((taken) => taken.test(word)))
  if (foreign === undefined) return true
  dialog.showErrorBox(
    'Hookloop does not take this switch',
    `It was started with ${foreign.slice(0, 100)}. Start it without.${foreign === '--no-sandbox' ? ` ${ABOUT_SANDBOX}` : ''}`,
  )
  return false
}

const ABOUT_SANDBOX =
  'An AppImage adds it by itself where the system forbids user namespaces: install the .deb package there, which needs none.'

export function startsHidden(argv: readonly string[]): boolean {
  return argv.includes('--hidden')
}

/** The deep link among the words of a command line; whatever else stands there is not looked at. */
export function linkIn(argv: readonly string[]): string | null {
  const link = argv.slice(1).find((word) => word.toLowerCase().startsWith(`${LINK_SCHEME}:`))
  return link === undefined ? null : link.slice(0, LINK_CUT)
}
