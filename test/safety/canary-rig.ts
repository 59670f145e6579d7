import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createKeyfileVault } from '#main/adapters/keyfile/keyfile-vault.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { createStorageFiles } from '#main/adapters/sqlite/storage/storage-files.ts'
import { createStorageWorker } from '#main/adapters/sqlite/storage/worker-tasks.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { createUndiciTransport } from '#main/adapters/undici/transport.ts'
import { storageWorkerFile } from '#main/compose/installation.ts'
import * as aead from '#main/engine/secrets/aead.ts'
import { tempDirectory } from '#test/storage/temp-directory.ts'
import { startApiRig } from '#test/support/api-rig.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { type ReceivedRequest, startReceiver } from '#test/support/receiver.ts'
import { disguises } from './disguises.ts'

export type Fields = Record<string, unknown>

/** Tells back all that it was sent, in headers and body. */
const echo = ({ target, headers, body }: ReceivedRequest) => ({
  status: 200,
  headers: [['X-Echo', target]] as [string, string][],
  body: JSON.stringify({ target, headers, body: body.toString() }),
})

/** The API on files of its own and the real transport, which keeps every answer, with a receiver that echoes. */
export async function startCanaryRig() {
  const data = join(tempDirectory(), 'data')
  mkdirSync(data)
  const path = join(data, 'hookloop.db')
  const log = createFakeLog()
  const store = openSqliteStore({ path, log })
  const files = createStorageFiles({ path, worker: createStorageWorker(storageWorkerFile()) })
  const vault = createKeyfileVault({ path: join(tempDirectory(), 'master.key'), aead })
  // Made-up names lead nowhere: nothing is asked of the network.
  const nowhere = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  const transport = createUndiciTransport({
    clock: systemClock,
    lookup: (_name, _options, done) => done(nowhere, []),
  })
  const rig = await startApiRig({ parts: { store, files, vault, transport, log }, log })
  const receiver = await startReceiver({ script: echo })
  await rig.engine.start()
  onTestFinished(async () => {
    await rig.stop()
    await receiver.close()
  })

  /** Where each answer came from, and all of it. */
  const answers: { from: string; text: string }[] = []

  async function call(method: string, to: string, body?: unknown): Promise<{ status: number; body: Fields }> {
    const response = await rig.call(method, to, body)
    const bytes = Buffer.from(await response.arrayBuffer())
    const headers = JSON.stringify([...response.headers])
    answers.push({ from: `${method} ${to} ${response.status}`, text: `${headers}\n${bytes.toString('latin1')}` })
    answers.push({ from: `${method} ${to} ${response.status}`, text: bytes.toString() })
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
    return { status: response.status, body: isJson ? (JSON.parse(bytes.toString()) as Fields) : {} }
  }

  /** Where any of the texts stands, in any disguise: in files, logs or answers. */
  function findings(canaries: Readonly<Record<string, string>>): string[] {
    const places = [
      ...filesUnder(data).map((file) => ({ from: file, bytes: readFileSync(file) })),
      { from: 'the log', bytes: Buffer.from(log.lines.map((line) => JSON.stringify(line)).join('\n')) },
      ...answers.map(({ from, text }) => ({ from, bytes: Buffer.from(text) })),
    ]
    const forms = Object.entries(canaries).flatMap(([name, text]) =>
      Object.entries(disguises(text)).map(([form, disguise]) => ({
        what: `${name} ${form}`,
        needle: Buffer.from(disguise),
      })),
    )
    return places.flatMap(({ from, bytes }) =>
      forms.filter(({ needle }) => bytes.includes(needle)).map(({ what }) => `${what} in ${from}`),
    )
  }

  /** Goes on without what was answered until now: values that are made are told once. */
  function forgetAnswers(): void {
    answers.length = 0
  }

  return { ...rig, data, log, receiver, answers, json: call, findings, forgetAnswers }
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
}
