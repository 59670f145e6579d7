import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, screen, type BrowserWindow } from 'electron'
import { z } from 'zod'

const Bounds = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int() })
const DEFAULT_SIZE = { width: 1280, height: 800 }

/** Where the window was, unless no display shows that place any more. */
export function readBounds(): Partial<z.infer<typeof Bounds>> {
  try {
    const bounds = Bounds.parse(JSON.parse(readFileSync(file(), 'utf8')))
    const area = screen.getDisplayMatching(bounds).workArea
    const isVisible = bounds.x < area.x + area.width && bounds.x + bounds.width > area.x && bounds.y >= area.y
    return isVisible ? bounds : DEFAULT_SIZE
  } catch {
    return DEFAULT_SIZE
  }
}

export function rememberBounds(window: BrowserWindow): void {
  window.on('close', () => {
    try {
      writeFileSync(file(), JSON.stringify(window.getNormalBounds()))
    } catch {
      // A forgotten position is no reason to keep the window open.
    }
  })
}

function file(): string {
  return join(app.getPath('userData'), 'window.json')
}
