import { flipFuses } from '@electron/fuses'
import type { AfterPackContext, Configuration } from 'electron-builder'
import { FUSES } from './fuses.ts'

/** What a machine or a release decides. */
export interface PackageOptions {
  electronVersion: string
  /** A folder with Electron unpacked, in place of a download. */
  electronDist?: string | undefined
  /** Where installed apps look for updates; without it, they have no channel and look nowhere. */
  updateUrl?: string | undefined
  /** The project's page, which Debian packages must name. */
  homepage?: string | undefined
}

/** The one native module; each package takes the binding of its own system along and no other. */
const BINDINGS = 'node_modules/better-sqlite3/prebuilds'

/** Everything that goes into the archive, of every system: what is built, our pictures, and SQLite. */
const FILES = [
  'out/{main,preload,renderer}/**',
  'resources/tray/*.png',
  'package.json',
  '!**/*.map',
  '!out/main/compiled/**',
  '!node_modules/node-*/**',
  '!node_modules/better-sqlite3/{deps,src}/**',
  '!node_modules/better-sqlite3/binding.gyp',
]

export function builderConfig({ electronVersion, electronDist, updateUrl, homepage }: PackageOptions): Configuration {
  // A pattern of the common files would mean the system that builds, and one of exclusions alone would bring all files in.
  const filesOf = (system: string) => [...FILES, `!${BINDINGS}/!(${system}-\${arch}).node`]
  return {
    appId: 'dev.hookloop.desktop',
    productName: 'Hookloop',
    copyright: 'Hookloop maintainers',
    electronVersion,
    ...(electronDist !== undefined && { electronDist }),
    directories: { output: 'dist', buildResources: 'resources' },
    extraMetadata: { homepage: homepage ?? 'https://hookloop.invalid/' },
    // Left to itself, the builder lays the whole package of a binding beside the archive, where nothing checks its code.
    asar: { smartUnpack: false },
    asarUnpack: [`${BINDINGS}/*.node`],
    // Its binding speaks Node-API, which is the same in Electron.
    npmRebuild: false,
    afterPack: (context) => flipFuses(electronBinary(context), FUSES).then(() => {}),
    protocols: [{ name: 'Hookloop link', schemes: ['hookloop'], role: 'Viewer' }],
    publish: updateUrl === undefined ? null : [{ provider: 'generic', url: updateUrl }],
    linux: {
      files: filesOf('linux'),
      target: [
        { target: 'AppImage', arch: ['x64', 'arm64'] },
        { target: 'deb', arch: ['x64', 'arm64'] },
      ],
      icon: 'resources/icons',
      executableName: 'hookloop',
      category: 'Development',
      synopsis: 'See, send, retry and replay webhooks',
      maintainer: 'Hookloop maintainers',
    },
    win: {
      files: filesOf('win32'),
      target: [{ target: 'nsis', arch: ['x64', 'arm64'] }],
      icon: 'resources/icons/icon.ico',
    },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      // What was captured is the user's; the README says how to remove it.
      deleteAppDataOnUninstall: false,
    },
    mac: {
      files: filesOf('darwin'),
      target: [
        { target: 'dmg', arch: ['x64', 'arm64'] },
        { target: 'zip', arch: ['x64', 'arm64'] },
      ],
      icon: 'resources/icons/icon.icns',
      category: 'public.app-category.developer-tools',
      hardenedRuntime: true,
      entitlements: 'resources/entitlements.plist',
      entitlementsInherit: 'resources/entitlements.plist',
      extendInfo: { NSHumanReadableCopyright: 'Hookloop maintainers' },
    },
  }
}

function electronBinary({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const { productFilename } = packager.appInfo
  if (electronPlatformName === 'darwin') return `${appOutDir}/${productFilename}.app`
  return electronPlatformName === 'win32' ? `${appOutDir}/${productFilename}.exe` : `${appOutDir}/hookloop`
}
