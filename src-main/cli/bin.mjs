#!/usr/bin/env node
// Plain JavaScript that every Node can read: it finds a Node that can run the product, then starts it there.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 19)) {
  const { launch } = await import('./launch.mjs')
  await launch()
} else {
  const node = packagedNode()
  if (node === null) {
    process.stderr.write(
      `Hookloop needs Node 22.19 or newer; this is ${process.version}, and no newer one came with npm for ${process.platform} ${process.arch}.\n`,
    )
    process.exit(1)
  }
  runOn(node)
}

/** The Node that `npm ci` brings along as an optional dependency; null where this platform has none. */
function packagedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform
  try {
    const require = createRequire(import.meta.url)
    const manifest = require.resolve(`node-${system}-${process.arch}/package.json`)
    return join(dirname(manifest), require(manifest).bin.node)
  } catch {
    return null
  }
}

function runOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    process.stderr.write(`Hookloop cannot run ${node}: ${error.message}\n`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
