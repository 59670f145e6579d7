import { join } from 'node:path'
import { app, type NativeImage, nativeImage } from 'electron'

/** Drawn from `resources/*.svg` by `npm run icons`; Electron finds the sharper `@2x` beside each by itself. */
export function trayImage(needsLook: boolean): NativeImage {
  const name = needsLook ? 'tray-attention' : 'tray'
  // macOS recolours a template after its menu bar.
  const file = process.platform === 'darwin' ? `${name}Template.png` : `${name}.png`
  return nativeImage.createFromPath(join(app.getAppPath(), 'resources/tray', file))
}
