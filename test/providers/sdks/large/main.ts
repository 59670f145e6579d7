// `npm run prove:sdks`: judges our signatures with the official SDKs that are too large to be installed with the rest.
// Each one is installed without its scripts into a temporary folder, which is removed afterwards. Names choose some of them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OfficialSdk } from '../arrived.ts'
import { findDisagreements, judgeOurs } from '../agreement.ts'
import { LARGE_SDKS, type LargeSdk } from './large-sdks.ts'

const chosen = process.argv.slice(2)
const wanted = LARGE_SDKS.filter(({ provider }) => chosen.length === 0 || chosen.includes(provider))
for (const sdk of wanted) await prove(sdk)

async function prove(sdk: LargeSdk): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hookloop-sdk-'))
  try {
    const modules = await install(sdk, folder)
    const official: OfficialSdk = { ...sdk, accepts: (request) => sdk.accepts(modules, request) }
    const { accepted, refused } = await judgeOurs(official)
    const disagreements = await findDisagreements(official)
    const isProven = accepted === 20 && refused === 20 && disagreements.length === 0
    const differs = sdk.differs ? `, which ${sdk.differs.says}` : ''
    console.log(`${isProven ? 'proven' : 'NOT PROVEN'}: ${sdk.provider} by ${sdk.package}${differs}`)
    if (isProven) return
    console.log({ accepted, refused, disagreements: disagreements.slice(0, 10) })
    process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function install(sdk: LargeSdk, folder: string): Promise<unknown[]> {
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', ['install', ...options, sdk.package], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const entries = sdk.entries ?? [sdk.package.slice(0, sdk.package.lastIndexOf('@'))]
  const lines = entries.map((entry) => `await import(${JSON.stringify(entry)})`)
  writeFileSync(join(folder, 'entry.mjs'), `export const modules = [${lines.join(', ')}]\n`)
  const { modules } = (await import(join(folder, 'entry.mjs'))) as { modules: { default?: unknown }[] }
  return modules.map((module) => ({ ...(module.default as object), ...module }))
}
