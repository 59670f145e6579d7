import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '#test/architecture/source-tree.ts'
import { type Checked, readChecked } from './checked.ts'
import { findFaults, RULES } from './rules.ts'

type Break = readonly [rule: string, part: 'host' | 'packaging' | 'policy', file: string, from: string, to: string]

const WINDOW = 'window/window.ts'
const RESTRICTIONS = 'page/restrictions.ts'

/** One change or more for each rule that must make it fail. */
const BREAKS: readonly Break[] = [
  ['context isolation', 'host', WINDOW, 'contextIsolation: true', 'contextIsolation: false'],
  ['context isolation', 'host', WINDOW, 'contextIsolation: true,', ''],
  ['sandbox', 'host', WINDOW, 'sandbox: true', 'sandbox: false'],
  ['sandbox', 'host', 'main.ts', 'app.enableSandbox()', ''],
  ['no Node in pages', 'host', WINDOW, 'nodeIntegration: false', 'nodeIntegration: true'],
  ['no Node in pages', 'host', WINDOW, 'sandbox: true,', 'sandbox: true, nodeIntegrationInWorker: true,'],
  ['no remote module', 'host', 'desk.ts', "from 'electron'", "from '@electron/remote'"],
  ['web security', 'host', WINDOW, 'sandbox: true,', 'sandbox: true, webSecurity: false,'],
  ['content policy', 'policy', '', "script-src 'self'", "script-src 'self' 'unsafe-inline'"],
  ['content policy', 'policy', '', "default-src 'none'", "default-src 'self'"],
  ['permissions denied', 'host', RESTRICTIONS, 'setPermissionCheckHandler(', 'somethingElse('],
  ['permissions denied', 'host', RESTRICTIONS, "'clipboard-sanitized-write'", "'media'"],
  [
    'permissions denied',
    'host',
    RESTRICTIONS,
    'setDevicePermissionHandler(() => false)',
    'setDevicePermissionHandler(() => true)',
  ],
  ['no new windows', 'host', RESTRICTIONS, "action: 'deny'", "action: 'allow'"],
  ['no navigation', 'host', RESTRICTIONS, "contents.on('will-redirect', stay)", ''],
  ['no navigation', 'host', RESTRICTIONS, '!isOwnPage(event.url)', 'false'],
  ['no network for pages', 'host', RESTRICTIONS, 'cancel: true', 'cancel: false'],
  [
    'opens outside only https, after a question',
    'host',
    'page/open-outside.ts',
    "url?.protocol !== 'https:'",
    'url === null',
  ],
  ['opens outside only https, after a question', 'host', 'desk.ts', 'shell.openPath(', 'shell.openExternal('],
  ['a scheme of its own', 'host', 'window/window-keeper.ts', 'made.loadURL(url)', 'made.loadFile(url)'],
  [
    'a scheme of its own',
    'host',
    'page/app-protocol.ts',
    'supportFetchAPI: true',
    'supportFetchAPI: true, bypassCSP: true',
  ],
  ['no certificate let through', 'host', 'desk.ts', "app.on('activate'", "app.on('certificate-error'"],
  ['no webview', 'host', WINDOW, 'webviewTag: false', 'webviewTag: true'],
  ['no code from text', 'host', 'desk.ts', 'refresh()', "eval('refresh()')"],
  ['no tools of developers in a package', 'host', WINDOW, '!app.isPackaged', 'true'],
  [
    'the preload hands over a port and nothing else',
    'host',
    'preload.ts',
    '{ ipcRenderer }',
    '{ contextBridge, ipcRenderer }',
  ],
  [
    'the preload hands over a port and nothing else',
    'host',
    'preload.ts',
    'ipcRenderer.postMessage',
    'ipcRenderer.invoke',
  ],
  [
    'main listens on one channel, to its own top frame',
    'host',
    'page/port-handover.ts',
    'frame.parent === null && ',
    '',
  ],
  [
    'main listens on one channel, to its own top frame',
    'host',
    'desk.ts',
    'restrictPages()',
    "ipcMain.handle('run', run)",
  ],
  [
    'switches are refused, and none are added',
    'host',
    'main.ts',
    'acceptsSwitches(process.argv)',
    'acceptsSwitches([])',
  ],
  [
    'switches are refused, and none are added',
    'packaging',
    'builder-config.ts',
    'asar: { smartUnpack: false },',
    "executableArgs: ['--no-sandbox'],",
  ],
  ['fuse RunAsNode off', 'packaging', 'fuses.ts', 'RunAsNode]: false', 'RunAsNode]: true'],
  [
    'fuse EnableNodeOptionsEnvironmentVariable off',
    'packaging',
    'fuses.ts',
    'EnvironmentVariable]: false',
    'EnvironmentVariable]: true',
  ],
  [
    'fuse EnableNodeCliInspectArguments off',
    'packaging',
    'fuses.ts',
    'InspectArguments]: false',
    'InspectArguments]: true',
  ],
  ['fuse EnableCookieEncryption on', 'packaging', 'fuses.ts', 'CookieEncryption]: true', 'CookieEncryption]: false'],
  [
    'fuse EnableEmbeddedAsarIntegrityValidation on',
    'packaging',
    'fuses.ts',
    'IntegrityValidation]: true',
    'IntegrityValidation]: false',
  ],
  ['fuse OnlyLoadAppFromAsar on', 'packaging', 'fuses.ts', 'OnlyLoadAppFromAsar]: true', 'OnlyLoadAppFromAsar]: false'],
  [
    'fuse GrantFileProtocolExtraPrivileges off',
    'packaging',
    'fuses.ts',
    'ExtraPrivileges]: false',
    'ExtraPrivileges]: true',
  ],
  [
    'a fuse that nobody decided on fails the package',
    'packaging',
    'fuses.ts',
    'strictlyRequireAllFuses: true',
    'strictlyRequireAllFuses: false',
  ],
  [
    'the code lies in an archive whose hash is checked',
    'packaging',
    'builder-config.ts',
    'asar: { smartUnpack: false },',
    'asar: { smartUnpack: false }, disableAsarIntegrity: true,',
  ],
  [
    'hardened runtime, and no entitlement but what V8 needs',
    'packaging',
    'builder-config.ts',
    'hardenedRuntime: true',
    'hardenedRuntime: false',
  ],
  [
    'hardened runtime, and no entitlement but what V8 needs',
    'packaging',
    'entitlements.plist',
    '</dict>',
    '<key>com.apple.security.get-task-allow</key><true/></dict>',
  ],
]

function broken(checked: Checked, [, part, file, from, to]: Break): Checked {
  const change = (text: string): string => {
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`)
    return text.replace(from, to)
  }
  if (part === 'policy') return { ...checked, policy: change(checked.policy) }
  return { ...checked, [part]: new Map(checked[part]).set(file, change(checked[part].get(file) ?? '')) }
}

describe.runIf(existsSync(join(ROOT, 'src-main/desktop')))('the checklist of the desktop', () => {
  let checked: Checked

  beforeAll(() => {
    checked = readChecked()
  })

  it('SE28 SE29 SE30 SE31 holds for every line', () => {
    expect(findFaults(checked)).toEqual([])
  })

  it('SE30 has a way to break each line', () => {
    expect(RULES.map(({ name }) => name).filter((name) => !BREAKS.some(([rule]) => rule === name))).toEqual([])
  })

  it.for(BREAKS)('SE30 SE31 finds that “%s” does not hold where %s %s is changed', (change) => {
    const [rule] = change
    const faults = findFaults(broken(checked, change))
    expect(faults.filter((fault) => fault.includes(` ${rule}: `))).not.toEqual([])
  })
})
