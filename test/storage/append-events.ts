import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { createFakeLog } from '#test/support/fake-log.ts'

/** A program that stores events as fast as it can and prints the id of each once it is acknowledged. */
const store = openSqliteStore({ path: process.argv[2]!, log: createFakeLog() })
const world = await createWorld(store)
const endpoint = await world.addEndpoint()

async function append(): Promise<never> {
  for (;;) {
    const { event } = await world.addEvent({ to: [endpoint], body: crypto.getRandomValues(new Uint8Array(2_000)) })
    process.stdout.write(`${event.id} ${event.bodySha256}\n`)
  }
}

await Promise.all(Array.from({ length: 20 }, append))
