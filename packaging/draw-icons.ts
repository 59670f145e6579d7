// `npm run icons`: draws every icon from the SVGs in resources/. Run it after changing one; what it makes is kept.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { chromiumLaunchOptions } from '#test/support/chromium.ts'
import { icnsOf, icoOf, type Picture } from './icon-files.ts'

const RESOURCES = resolve(import.meta.dirname, '../resources')
const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const LARGEST_IN_ICO = 256
const TRAY_SIZE = 16
const TRAY_COLOURS = { '': { glyph: '#6b7af0', dot: '#e0902a' }, Template: { glyph: '#000000', dot: '#000000' } }

async function draw(page: Page, svg: string, size: number, colours: { glyph: string; dot: string }): Promise<Picture> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>body { margin: 0; color: ${colours.glyph}; --dot: ${colours.dot} } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`,
  )
  return { size, png: await page.screenshot({ omitBackground: true }) }
}

const browser = await chromium.launch(chromiumLaunchOptions())
const page = await browser.newPage()
const drawing = (name: string) => readFileSync(join(RESOURCES, name), 'utf8')

mkdirSync(join(RESOURCES, 'icons'), { recursive: true })
const app: Picture[] = []
for (const size of APP_SIZES) app.push(await draw(page, drawing('icon.svg'), size, TRAY_COLOURS['']))
for (const { size, png } of app) writeFileSync(join(RESOURCES, `icons/${size}x${size}.png`), png)
writeFileSync(join(RESOURCES, 'icons/icon.ico'), icoOf(app.filter(({ size }) => size <= LARGEST_IN_ICO)))
writeFileSync(join(RESOURCES, 'icons/icon.icns'), icnsOf(app))

for (const name of ['tray', 'tray-attention']) {
  for (const [suffix, colours] of Object.entries(TRAY_COLOURS)) {
    for (const [scale, sign] of [
      [1, ''],
      [2, '@2x'],
    ] as const) {
      const { png } = await draw(page, drawing(`tray/${name}.svg`), TRAY_SIZE * scale, colours)
      writeFileSync(join(RESOURCES, `tray/${name}${suffix}${sign}.png`), png)
    }
  }
}
await browser.close()
