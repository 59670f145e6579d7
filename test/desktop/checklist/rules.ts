import type { Checked } from './checked.ts'

/** One line of the checklist: what is wrong, in a sentence for each place; nothing where it holds. */
export interface Rule {
  id: 'SE28' | 'SE29' | 'SE30' | 'SE31'
  name: string
  faults(checked: Checked): string[]
}

/** Every place of the host that a pattern fits. */
function found({ host }: Checked, pattern: RegExp): { file: string; text: string }[] {
  return [...host].flatMap(([file, text]) =>
    [...text.matchAll(new RegExp(pattern, 'g'))].map(([hit]) => ({ file, text: hit })),
  )
}

function never(pattern: RegExp, what: string): Rule['faults'] {
  return (checked) => found(checked, pattern).map(({ file, text }) => `${file} ${what}: ${text}`)
}

function must(file: string, pattern: RegExp, what: string): Rule['faults'] {
  return ({ host }) => (pattern.test(host.get(file) ?? '') ? [] : [`${file} does not ${what}`])
}

function all(...rules: readonly Rule['faults'][]): Rule['faults'] {
  return (checked) => rules.flatMap((faults) => faults(checked))
}

function once(pattern: RegExp, file: string, what: string): Rule['faults'] {
  return (checked) => {
    const places = found(checked, pattern)
    return places.length === 1 && places[0]?.file === file
      ? []
      : [`${what} stands in ${places.map((place) => place.file).join(', ') || 'no file'}, not once in ${file}`]
  }
}

/** A preference that every window that is made sets to this. */
function preference(name: string, value: boolean): Rule['faults'] {
  return (checked) => {
    const windows = found(checked, /new BrowserWindow\(/).length
    const right = found(checked, new RegExp(`\\b${name}: ${value}\\b`)).length
    const given = found(checked, new RegExp(`\\b${name}:`)).length
    return windows > 0 && right === windows && given === windows ? [] : [`not every window has ${name}: ${value}`]
  }
}

function packaged(file: string, pattern: RegExp, what: string): Rule['faults'] {
  return ({ packaging }) => (pattern.test(packaging.get(file) ?? '') ? [] : [`${file} does not ${what}`])
}

function neverPackaged(pattern: RegExp, what: string): Rule['faults'] {
  return ({ packaging }) => [...packaging].filter(([, text]) => pattern.test(text)).map(([file]) => `${file} ${what}`)
}

const fuse = (name: string, isOn: boolean): Rule => ({
  id: 'SE31',
  name: `fuse ${name} ${isOn ? 'on' : 'off'}`,
  faults: packaged('fuses.ts', new RegExp(`\\[FuseV1Options\\.${name}\\]: ${isOn},`), `set ${name} to ${isOn}`),
})

const RESTRICTIONS = 'page/restrictions.ts'

export const RULES: readonly Rule[] = [
  { id: 'SE30', name: 'context isolation', faults: preference('contextIsolation', true) },
  {
    id: 'SE30',
    name: 'sandbox',
    faults: all(preference('sandbox', true), must('main.ts', /app\.enableSandbox\(\)/, 'sandbox every process')),
  },
  {
    id: 'SE30',
    name: 'no Node in pages',
    faults: all(
      preference('nodeIntegration', false),
      never(/nodeIntegrationIn(Worker|SubFrames)/, 'gives Node to more than the preload'),
    ),
  },
  {
    id: 'SE30',
    name: 'no remote module',
    faults: never(/@electron\/remote|enableRemoteModule|\bremote\./, 'reaches for the remote module'),
  },
  {
    id: 'SE30',
    name: 'web security',
    faults: never(
      /webSecurity|allowRunningInsecureContent|experimentalFeatures|(en|dis)ableBlinkFeatures/,
      'weakens the page’s own protections',
    ),
  },
  {
    id: 'SE30',
    name: 'content policy',
    faults: ({ policy }) => [
      ...(/unsafe-|\*|https?:|(script|style|connect)-src[^;]*data:/.test(policy)
        ? [`the policy lets too much in: ${policy}`]
        : []),
      ...["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'none'"]
        .filter((part) => !policy.split('; ').includes(part))
        .map((part) => `the policy lacks ${part}`),
    ],
  },
  {
    id: 'SE30',
    name: 'permissions denied',
    faults: all(
      once(/setPermissionRequestHandler\(/, RESTRICTIONS, 'a handler of permissions asked for'),
      once(/setPermissionCheckHandler\(/, RESTRICTIONS, 'a handler of permissions looked up'),
      once(/setDevicePermissionHandler\(\(\) => false\)/, RESTRICTIONS, 'a refusal of devices'),
      once(
        /setDisplayMediaRequestHandler\(\(_request, answer\) => answer\(\{\}\)\)/,
        RESTRICTIONS,
        'a refusal of screens',
      ),
      must(RESTRICTIONS, /GRANTED = 'clipboard-sanitized-write'/, 'grant the clipboard alone'),
      never(/answer\(true\)|\(\) => true\b/, 'grants everything'),
    ),
  },
  {
    id: 'SE30',
    name: 'no new windows',
    faults: all(
      once(/setWindowOpenHandler\(/, RESTRICTIONS, 'a handler of new windows'),
      must(RESTRICTIONS, /return \{ action: 'deny' \}/, 'deny new windows'),
      never(/action: 'allow'/, 'allows a new window'),
    ),
  },
  {
    id: 'SE30',
    name: 'no navigation',
    faults: all(
      ...['will-navigate', 'will-frame-navigate', 'will-redirect'].map((event) =>
        must(RESTRICTIONS, new RegExp(`on\\('${event}', stay\\)`), `stop ${event}`),
      ),
      must(
        RESTRICTIONS,
        /app\.on\('web-contents-created', \(_event, contents\) => keepInside\(contents\)\)/,
        'hold for every page',
      ),
      must(RESTRICTIONS, /if \(!isOwnPage\(event\.url\)\) event\.preventDefault\(\)/, 'prevent what leads elsewhere'),
    ),
  },
  {
    id: 'SE30',
    name: 'no network for pages',
    faults: must(
      RESTRICTIONS,
      /onBeforeRequest\(\{ urls: ELSEWHERE \}, \(_details, answer\) => answer\(\{ cancel: true \}\)\)/,
      'cancel requests',
    ),
  },
  {
    id: 'SE30',
    name: 'opens outside only https, after a question',
    faults: all(
      once(/openExternal\(/, 'page/open-outside.ts', 'openExternal'),
      must(
        'page/open-outside.ts',
        /url\?\.protocol !== 'https:'[^\n]*return\b[\s\S]*showMessageBox\([\s\S]*if \(response === 0\) await shell\.openExternal/,
        'ask about an https address first',
      ),
    ),
  },
  {
    id: 'SE30',
    name: 'a scheme of its own',
    faults: all(
      never(/loadFile\(|loadURL\(['"`](?:file|http|data)/, 'loads a page from elsewhere'),
      never(
        /bypassCSP|allowServiceWorkers|corsEnabled|registerFileProtocol|interceptFileProtocol/,
        'gives its scheme too much',
      ),
      must('page/app-protocol.ts', /path\.startsWith\(uiDirectory \+ sep\)/, 'stay in the window’s folder'),
    ),
  },
  {
    id: 'SE30',
    name: 'no certificate let through',
    faults: never(
      /certificate-error|setCertificateVerifyProc|ignore-certificate-errors|rejectUnauthorized|TLS_REJECT_UNAUTHORIZED/,
      'lets certificates through',
    ),
  },
  {
    id: 'SE30',
    name: 'no webview',
    faults: all(
      preference('webviewTag', false),
      must(RESTRICTIONS, /'will-attach-webview', \(event\) => event\.preventDefault\(\)/, 'prevent webviews'),
    ),
  },
  {
    id: 'SE30',
    name: 'no code from text',
    faults: never(/\beval\(|new Function\(|executeJavaScript|insertCSS|\bvm\b/, 'runs text as code'),
  },
  {
    id: 'SE30',
    name: 'no tools of developers in a package',
    faults: all(
      must('window/window.ts', /devTools: !app\.isPackaged/, 'take the tools away'),
      never(/openDevTools/, 'opens them'),
    ),
  },
  {
    id: 'SE29',
    name: 'the preload hands over a port and nothing else',
    faults: all(
      must('preload.ts', /^\s*import \{ ipcRenderer \} from 'electron'/, 'import ipcRenderer alone'),
      ({ host }) => {
        const used = [...(host.get('preload.ts') ?? '').matchAll(/\bipcRenderer\.(\w+)/g)].map(([, name]) => name)
        return used.join() === 'postMessage' ? [] : [`preload.ts uses ipcRenderer for ${used.join(', ') || 'nothing'}`]
      },
      never(/contextBridge|exposeInMainWorld|webUtils|webFrame\b/, 'exposes something to the page'),
    ),
  },
  {
    id: 'SE29',
    name: 'main listens on one channel, to its own top frame',
    faults: all(
      once(/ipcMain\.\w+\(/, 'page/port-handover.ts', 'a channel'),
      must('page/port-handover.ts', /ipcMain\.on\('hookloop:port'/, 'listen on hookloop:port'),
      must(
        'page/port-handover.ts',
        /frame !== null && frame\.parent === null && isOwnPage\(frame\.url\)/,
        'check who sends',
      ),
      never(/webContents\.(send|postMessage|ipc)\b|sendSync/, 'speaks to a page past its port'),
    ),
  },
  {
    id: 'SE28',
    name: 'switches are refused, and none are added',
    faults: all(
      must('main.ts', /if \(!acceptsSwitches\(process\.argv\)\) app\.exit\(1\)/, 'refuse switches'),
      never(/commandLine\.append/, 'adds switches'),
      neverPackaged(/no-sandbox/, 'starts it without its sandbox'),
    ),
  },
  fuse('RunAsNode', false),
  fuse('EnableNodeOptionsEnvironmentVariable', false),
  fuse('EnableNodeCliInspectArguments', false),
  fuse('EnableCookieEncryption', true),
  fuse('EnableEmbeddedAsarIntegrityValidation', true),
  fuse('OnlyLoadAppFromAsar', true),
  fuse('GrantFileProtocolExtraPrivileges', false),
  {
    id: 'SE31',
    name: 'a fuse that nobody decided on fails the package',
    faults: all(
      packaged('fuses.ts', /strictlyRequireAllFuses: true,/, 'require a word on every fuse'),
      packaged('builder-config.ts', /afterPack: [^\n]*flipFuses/, 'flip the fuses'),
    ),
  },
  {
    id: 'SE31',
    name: 'the code lies in an archive whose hash is checked',
    faults: all(
      packaged('builder-config.ts', /\basar: \{ smartUnpack: false \},/, 'pack an archive with all code in it'),
      neverPackaged(/disableAsarIntegrity: true/, 'leaves out the hash'),
    ),
  },
  {
    id: 'SE31',
    name: 'hardened runtime, and no entitlement but what V8 needs',
    faults: all(packaged('builder-config.ts', /hardenedRuntime: true,/, 'harden the runtime'), ({ packaging }) => {
      const asked = [...(packaging.get('entitlements.plist') ?? '').matchAll(/<key>([^<]+)<\/key>/g)].map(
        ([, key]) => key,
      )
      return asked.join() === 'com.apple.security.cs.allow-jit'
        ? []
        : [`entitlements.plist asks for ${asked.join(', ')}`]
    }),
  },
]

export function findFaults(checked: Checked): string[] {
  return RULES.flatMap(({ id, name, faults }) => faults(checked).map((fault) => `${id} ${name}: ${fault}`))
}
