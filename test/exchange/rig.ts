import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createExchangeFiles } from '#main/adapters/sqlite/exchange/exchange-files.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { createStorageWorker } from '#main/adapters/sqlite/storage/worker-tasks.ts'
import { storageWorkerFile } from '#main/compose/installation.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { silentLog } from '#test/support/silent-log.ts'

/** A whole engine on a real database and real files, behind its HTTP server. */
export async function startExchangeRig(
  onEnd: (cleanup: () => Promise<void>) => void = onTestFinished,
): Promise<ExchangeRig> {
  const directory = mkdtempSync(join(tmpdir(), 'hookloop-exchange-'))
  const path = join(directory, 'hookloop.db')
  const store = openSqliteStore({ path, log: silentLog })
  const exchangeFiles = createExchangeFiles({
    path,
    worker: createStorageWorker(storageWorkerFile()),
    captureOrigin: () => 'http://127.0.0.1:4781',
    version: '9.9.9',
  })
  const rig = await startApiRig({ parts: { store, exchangeFiles } })
  await rig.engine.start()
  onEnd(async () => {
    await rig.stop()
    rmSync(directory, { recursive: true })
  })
  const json = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    (await (await rig.call(method, path, body)).json()) as T
  return { ...rig, json, folder: join(directory, 'exchange') }
}

export interface ExchangeRig extends ApiRig {
  json<T>(method: string, path: string, body?: unknown): Promise<T>
  /** Where files lie on their way. */
  folder: string
}

interface Run {
  id: string
  state: string
}

/** Asks until a run is in none of the states that pass. */
export async function settled<T extends Run>(rig: ExchangeRig, path: string): Promise<T> {
  for (;;) {
    const run = await rig.json<T>('GET', path)
    if (!['running', 'receiving', 'checking', 'storing'].includes(run.state)) return run
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Exports and reads what was made. */
export async function exportText(rig: ExchangeRig, wish: object): Promise<string> {
  const { id } = await rig.json<Run>('POST', '/exports', wish)
  const run = await settled<Run & { reason: string | null }>(rig, `/exports/${id}`)
  if (run.state !== 'done') throw new Error(`The export is ${run.state}: ${run.reason}`)
  return (await rig.call('GET', `/exports/${id}/file`)).text()
}

export interface Imported extends Run {
  summary: Record<string, unknown> | null
  stored: { done: number; total: number } | null
  reason: string | null
  hint: string | null
}

/** Sends a file in parts, and waits until it is checked or refused. */
export async function sendFile(rig: ExchangeRig, file: string | Uint8Array, partBytes = 1_000_000): Promise<Imported> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file
  const { id } = await rig.json<Run>('POST', '/imports', { fileName: 'shop.har', sizeBytes: bytes.length })
  for (let offset = 0; offset < bytes.length; offset += partBytes) {
    const bytesBase64 = Buffer.from(bytes.subarray(offset, offset + partBytes)).toString('base64')
    await rig.json('POST', `/imports/${id}/parts`, { offset, bytesBase64 })
  }
  return settled(rig, `/imports/${id}`)
}

/** Sends a file, keeps what it holds, and waits for the end. */
export async function importFile(rig: ExchangeRig, file: string | Uint8Array, choice: object = {}): Promise<Imported> {
  const { id, state } = await sendFile(rig, file)
  if (state === 'checked') await rig.json('POST', `/imports/${id}/start`, choice)
  return settled(rig, `/imports/${id}`)
}
