import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PlannedChange } from '#shared/model/configuration/plan.ts'
import { readConfiguration } from '#main/api/input/read-configuration.ts'
import type { Engine, WantedConfiguration } from '#main/engine/engine.ts'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createMemoryVault } from '#main/adapters/memory/memory-vault.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { configurations, type Written } from './random-configuration.ts'

const ACTOR = { name: 'tests' }
const VALUES = [
  { KEY_A: 'a-secret', KEY_B: 'b-secret' },
  { KEY_A: 'another-secret', KEY_B: 'b-secret' },
]

const rounds = fc.array(fc.record({ file: configurations, prune: fc.boolean(), values: fc.constantFrom(...VALUES) }), {
  minLength: 2,
  maxLength: 3,
})

function wantedOf({
  file,
  prune,
  values,
}: {
  file: Written
  prune: boolean
  values: Record<string, string>
}): WantedConfiguration {
  const { configuration, problems } = readConfiguration(file)
  return { configuration, unread: problems, prune, values }
}

/** Everything of the project, by what files call it: as text, for it to be compared without what knows files. */
async function look(engine: Engine): Promise<Map<string, string>> {
  const { id } = engine.projects.resolve('default')
  const all = new Map<string, unknown>()
  for (const source of engine.sources.list(id))
    all.set(`source ${source.slug}`, [source, await engine.sources.secrets(source)])
  for (const endpoint of engine.endpoints.list(id)) {
    const { version, state, pausedReason } = endpoint
    const secrets = (await engine.endpoints.secrets(endpoint)).map((secret) => [secret.name, secret.version])
    all.set(`endpoint ${version.config.name}`, [version.id, version.config, state, pausedReason, secrets])
  }
  for (const workflow of engine.workflows.list(id)) all.set(`workflow ${workflow.name}`, workflow)
  for (const provider of engine.catalog.list(id)) {
    const own = engine.catalog.providers.own(id, provider.id)
    if (own) all.set(`provider ${own.id}`, own)
    for (const type of provider.eventTypes) if ('id' in type) all.set(`eventType ${provider.id}/${type.name}`, type)
  }
  return new Map([...all].map(([name, value]) => [name, JSON.stringify(value)]))
}

const withoutIds = (changes: readonly PlannedChange[]) => changes.map((change) => ({ ...change, id: null }))

/** What became of each thing between two looks. */
function moves(before: Map<string, string>, after: Map<string, string>): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => `${before.has(name) ? (after.has(name) ? 'change' : 'remove') : 'create'} ${name}`)
    .toSorted()
}

it('REL-5 plans just what applying then does, and applying again changes nothing, whatever files come', async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (files) => {
      const parts = { store: createMemoryStore(), vault: createMemoryVault() }
      const { engine, stop } = await createTestEngine(parts)
      const { id } = engine.projects.resolve('default')
      for (const file of files) {
        const wanted = wantedOf(file)
        const before = await look(engine)
        const plan = await engine.configuration.plan(id, wanted, ACTOR)
        expect(plan.problems).toEqual([])
        expect(await look(engine)).toEqual(before)
        const { changes } = await engine.configuration.apply(id, { ...wanted, fingerprint: plan.fingerprint }, ACTOR)
        expect(withoutIds(changes)).toEqual(withoutIds(plan.changes))
        const after = await look(engine)
        expect(moves(before, after)).toEqual(
          plan.changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`).toSorted(),
        )
        expect((await engine.configuration.plan(id, wanted, ACTOR)).changes).toEqual([])
        await engine.configuration.apply(id, wanted, ACTOR)
        expect(await look(engine)).toEqual(after)
      }
      const told = await engine.configuration.export(id)
      // What is exported says the same, without a variable.
      const again = await engine.configuration.plan(
        id,
        wantedOf({ file: told.sections as Written, prune: true, values: {} }),
        ACTOR,
      )
      expect(again).toMatchObject({ problems: [], changes: [] })
      const reopened = await createTestEngine(parts)
      expect(await reopened.engine.configuration.export(id)).toEqual(told)
      expect([...(await look(reopened.engine))].toSorted()).toEqual([...(await look(engine))].toSorted())
      await stop()
    }),
    { numRuns: 12, seed: 20_261_128, endOnFailure: true },
  )
})
