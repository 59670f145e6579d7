import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A shell without the browser's own window costs a third of the whole browser, which builds that window unseen. */
const NAMES = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** The Chromium for browser tests: `HOOKLOOP_CHROMIUM`, or the first that this machine has; null for none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const named = env['HOOKLOOP_CHROMIUM']
  if (named) return existsSync(named) ? named : null
  const onPath = (env['PATH'] ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...onPath, ...PLACES].find((path) => existsSync(path)) ?? null
}

/** What playwright-core's `chromium.launch` takes; throws where there is no Chromium. */
export function chromiumLaunchOptions(): { executablePath: string; headless: boolean; args: string[] } {
  const executablePath = findChromium()
  if (executablePath === null) {
    throw new Error('No Chromium found: install one, or name its executable in HOOKLOOP_CHROMIUM')
  }
  // Chromium's own sandbox refuses to run as root, which containers usually are.
  const isRoot = process.getuid?.() === 0
  // Without a graphics card, its stand-in in software costs more than plain painting.
  const common = ['--disable-gpu', '--disable-gpu-rasterization']
  return {
    executablePath,
    headless: true,
    args: isRoot ? [...common, '--no-sandbox', '--disable-dev-shm-usage'] : common,
  }
}
