// Builds what is stale, then hands over to one host: the desktop, the relay or the command line.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export async function launch() {
  // What the relay asks for itself, before the look at the sources makes the heap grow.
  setFlagsFromString('--semi-space-growth-factor=1')
  try {
    await buildFromSources()
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
  const command = process.argv[2]
  if (command !== 'start' && command !== 'serve') return host('cli')
  process.argv.splice(2, 1)
  if (command === 'serve') return host('relay')
  const missing = whyNoDesktop()
  if (missing === null) return desktop()
  process.argv.push('--instead-of-desktop', missing)
  return host('relay')
}

/** A packaged install has no sources: it runs what it came with. */
async function buildFromSources() {
  if (!existsSync(join(ROOT, 'electron.vite.config.ts'))) return
  const { buildIfStale } = await import('./build.ts')
  await buildIfStale()
}

async function host(name) {
  await import(pathToFileURL(join(ROOT, `out/main/${name}.js`)).href)
}

/** Null where the desktop can run, else the reason in a few words. */
function whyNoDesktop() {
  if (!existsSync(join(ROOT, 'out/main/desktop.js'))) return 'The desktop is not part of this installation'
  if (electronBinary() === null) return 'Electron is not installed here'
  const needsDisplay = process.platform !== 'darwin' && process.platform !== 'win32'
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  return needsDisplay && !hasDisplay ? 'There is no display here' : null
}

function electronBinary() {
  const named = process.env.ELECTRON_EXEC_PATH
  if (named) return existsSync(named) ? named : null
  try {
    const folder = join(createRequire(import.meta.url).resolve('electron/package.json'), '..')
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

function desktop() {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const child = spawn(electronBinary(), [ROOT, ...process.argv.slice(2)], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    process.stderr.write(`Electron does not start: ${error.message}\n`)
    process.exit(1)
  })
  child.once('exit', (code) => process.exit(code ?? 1))
}
