import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findInstallation } from '#main/compose/installation.ts'
import { readSettings } from '#main/compose/settings.ts'
import { connect, type Api, type Target } from '../connection.ts'
import { UnreachableError } from '../exit.ts'

/** Deliveries in flight may take this long to end. */
const GRACE_MS = 5_000

/** The Hookloop that captures and forwards. */
export interface FoundRelay {
  /** Whether it runs in this process, and ends with it. */
  isOwn: boolean
  connect(): Api
  close(): Promise<void>
}

export interface RelayOrder {
  target: Target
  env: NodeJS.ProcessEnv
  /** Of one that is started; a taken one gives way to a free one. */
  port: number
  capturePort: number
  /** In a folder of its own that is gone in the end. */
  isTemporary: boolean
}

/** The one that runs, or else one in this process. Throws what a start throws, and `UnreachableError` for a named one. */
export async function findRelay(order: RelayOrder): Promise<FoundRelay> {
  const { target, env, isTemporary } = order
  if (isTemporary) return startTemporary(order)
  try {
    await connect(target, env).system.status({})
    return { isOwn: false, connect: () => connect(target, env), close: async () => {} }
  } catch (error) {
    if (!isUnreachable(error) || target.url !== undefined) throw error
    return startIn(order, readSettings(target, env))
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof UnreachableError
}

async function startTemporary(order: RelayOrder): Promise<FoundRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'hookloop-listen-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const data = join(folder, 'data')
  try {
    const place = { dataDirectory: data, keyFile: join(folder, 'master.key') }
    const relay = await startIn({ ...order, target: { data } }, place)
    return {
      ...relay,
      async close() {
        await relay.close()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

async function startIn(
  { target, env, port, capturePort }: RelayOrder,
  place: { dataDirectory: string; keyFile: string },
): Promise<FoundRelay> {
  const { startOnFreePorts } = await import('#main/compose/start-on-free-ports.ts')
  const running = await startOnFreePorts({
    ...place,
    ...findInstallation(),
    host: '127.0.0.1',
    port,
    capturePort,
    quiet: true,
  })
  return { isOwn: true, connect: () => connect(target, env), close: () => running.stop(GRACE_MS) }
}
