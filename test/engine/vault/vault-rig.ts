import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { createKeyfileVault } from '#main/adapters/keyfile/keyfile-vault.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { ownerCaller, type EndpointChange } from '#main/engine/engine.ts'
import type { Store, Transport, TransportResult } from '#main/engine/ports.ts'
import * as aead from '#main/engine/secrets/aead.ts'
import { tempDirectory } from '#test/storage/temp-directory.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { answered } from '../delivery/dispatch-rig.ts'

export const ana = ownerCaller('Ana', '127.0.0.1')

/** An engine on a database file and a key file, which can be stopped and started again on them. */
export function createVaultRig({
  answer = () => answered(200),
  from = null,
}: { answer?: () => TransportResult; from?: string | null } = {}) {
  const directory = tempDirectory()
  if (from !== null) cpSync(from, directory, { recursive: true })
  const keyFile = join(directory, 'keys', 'master.key')
  const database = join(directory, 'hookloop.db')
  const clock = createFakeClock()
  const log = createFakeLog()
  const sent: { url: string; headers: readonly (readonly [string, string])[]; body: Uint8Array }[] = []
  const transport: Transport = {
    async send({ url, headers, body }) {
      sent.push({ url, headers, body })
      return answer()
    },
    close: async () => {},
  }

  /** `bend` replaces parts of the store, to break it where a test wants. */
  async function start({ bend = (store: Store) => store, delivers = false } = {}) {
    const store = bend(openSqliteStore({ path: database, log }))
    const vault = createKeyfileVault({ path: keyFile, aead, costLog2: 10 })
    const test = await createTestEngine({ store, vault, transport, clock, log })
    const { engine } = test
    const project = engine.projects.resolve('default')
    if (delivers) await engine.start()

    return {
      ...test,
      project,
      addEndpoint: async (fields: EndpointChange & { secret?: string } = {}) =>
        (
          await engine.endpoints.create(
            project.id,
            { name: 'App', url: 'http://receiver.test/hook', eventTypes: ['*'], ...fields },
            ana,
          )
        ).endpoint,
      compose: (type = 'order.paid') =>
        engine.events.compose(project.id, {
          type,
          body: new TextEncoder().encode('{}'),
          contentType: 'application/json',
          provider: null,
          idempotencyKey: null,
        }),
      secret: async (name: string) => {
        const found = (await engine.vault.list(project.id)).find((each) => each.name === name)
        if (!found) throw new Error(`there is no secret ${name}`)
        return engine.vault.resolve(project.id, found.id)
      },
      reveal: (id: string) => engine.vault.reveal(project.id, id, ana),
    }
  }

  /** Lets time pass until it is so; the test's own deadline ends a wait in vain. */
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await clock.advance(100)
  }

  return { directory, keyFile, database, clock, log, sent, start, until }
}
