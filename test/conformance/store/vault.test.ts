import { expect, it } from 'vitest'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { RevealStep, SealedSecret } from '#main/engine/ports.ts'
import { onEveryStore } from './implementations.ts'
import { ids, newSource, NOW } from './records.ts'

const HOUR = 3_600_000

function secretOf({ id, projectId }: Endpoint, name: string, change: Partial<SealedSecret> = {}): SealedSecret {
  const sealed = Uint8Array.of(1, 0)
  const rest = { version: 1, sealed, createdAt: NOW, expiresAt: null }
  return { id: ids.next('sec'), projectId, endpointId: id, name, ...rest, ...change }
}

const by = { name: 'Ana', kind: 'owner' as const, keyId: null, address: '127.0.0.1' }

function step({ id: secretId, endpointId, name, version }: SealedSecret, change: Partial<RevealStep> = {}): RevealStep {
  return { secret: { secretId, endpointId, name, version }, by, now: NOW, most: 2, withinMs: HOUR, ...change }
}

onEveryStore('The vault', (open) => {
  it('CRL-3 keeps the owner and the last use of each secret that is there', async () => {
    const { store, addEndpoint } = await open()
    const [endpoint, other] = [await addEndpoint(), await addEndpoint()]
    await store.secrets.change({
      endpointId: endpoint.id,
      add: [secretOf(endpoint, 'a'), secretOf(endpoint, 'b')],
      remove: [],
    })
    await store.secrets.change({ endpointId: other.id, add: [secretOf(other, 'a')], remove: [] })
    expect(await store.vault.facts(endpoint.id)).toEqual([])
    await store.vault.setOwner({ endpointId: endpoint.id, name: 'a', owner: 'Ana' })
    await store.vault.setOwner({ endpointId: endpoint.id, name: 'gone', owner: 'Ben' })
    await store.vault.noteUses([
      { endpointId: endpoint.id, name: 'a', at: NOW + 5 },
      { endpointId: endpoint.id, name: 'b', at: NOW },
      { endpointId: endpoint.id, name: 'gone', at: NOW },
    ])
    await store.vault.noteUses([{ endpointId: endpoint.id, name: 'a', at: NOW }])
    expect(await store.vault.facts(endpoint.id)).toEqual([
      { name: 'a', owner: 'Ana', lastUsedAt: NOW + 5 },
      { name: 'b', owner: null, lastUsedAt: NOW },
    ])
    expect(await store.vault.facts(other.id)).toEqual([])
    const next = secretOf(endpoint, 'a', { version: 2 })
    await store.secrets.change({ endpointId: endpoint.id, add: [next], remove: ['a', 'b'] })
    expect(await store.vault.facts(endpoint.id)).toMatchObject([{ name: 'a', owner: 'Ana' }])
    await store.secrets.change({ endpointId: endpoint.id, add: [secretOf(endpoint, 'b')], remove: [] })
    expect(await store.vault.facts(endpoint.id)).toMatchObject([{ name: 'a' }])
  })

  it('APC-3 reveals a version once, and records every try', async () => {
    const { store, addEndpoint } = await open()
    const endpoint = await addEndpoint()
    const secret = secretOf(endpoint, 'a')
    expect(await store.vault.reveal(step(secret))).toEqual({ outcome: 'revealed', at: NOW, left: 1 })
    const again = await store.vault.reveal(step(secret, { now: NOW + HOUR, by: { ...by, name: 'Ben' } }))
    expect(again).toEqual({ outcome: 'already_revealed', before: { at: NOW, by } })
    const next = secretOf(endpoint, 'a', { version: 2 })
    expect(await store.vault.reveal(step(next))).toMatchObject({ outcome: 'revealed' })
    const tried = { secretId: next.id, endpointId: endpoint.id, name: 'a', version: 2, at: NOW, by }
    await store.vault.recordTry({ ...tried, outcome: 'vault_locked' })
    const tries = await store.vault.reveals({ endpointId: endpoint.id, limit: 10 })
    expect(tries.map(({ version, outcome, by: { name } }) => [version, outcome, name])).toEqual([
      [2, 'vault_locked', 'Ana'],
      [2, 'revealed', 'Ana'],
      [1, 'already_revealed', 'Ben'],
      [1, 'revealed', 'Ana'],
    ])
    expect(await store.vault.reveals({ endpointId: endpoint.id, limit: 1 })).toEqual([
      { ...tried, outcome: 'vault_locked' },
    ])
    expect([...(await store.vault.revealed(endpoint.id)).keys()].toSorted()).toEqual([secret.id, next.id].toSorted())
  })

  it('SE13 reveals no more of an endpoint than the limit, with the clock set back and by many at once', async () => {
    const { store, addEndpoint } = await open()
    const [endpoint, other] = [await addEndpoint(), await addEndpoint()]
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, (_, index) => store.vault.reveal(step(secretOf(endpoint, `s${index}`)))),
    )
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'reveal_limit'),
      ...Array.from({ length: 2 }, () => 'revealed'),
    ])
    const limited = { outcome: 'reveal_limit', nextAt: NOW + HOUR }
    expect(await store.vault.reveal(step(secretOf(endpoint, 'x'), { now: NOW - 10 * HOUR }))).toEqual(limited)
    expect(await store.vault.reveal(step(secretOf(endpoint, 'x'), { now: NOW + HOUR - 1 }))).toEqual(limited)
    expect(await store.vault.reveal(step(secretOf(other, 'x')))).toMatchObject({ outcome: 'revealed' })
    // The clock was ahead and is set right: the later time goes on counting.
    expect(await store.vault.reveal(step(secretOf(endpoint, 'y'), { now: NOW + HOUR }))).toMatchObject({ left: 1 })
    expect(await store.vault.reveal(step(secretOf(endpoint, 'z'), { now: NOW }))).toMatchObject({
      at: NOW + HOUR,
      left: 0,
    })
  })

  it('SEC-3 lets the secrets of an endpoint go with it', async () => {
    const { store, addEndpoint } = await open()
    const endpoint = await addEndpoint()
    const secret = secretOf(endpoint, 'a')
    await store.secrets.change({ endpointId: endpoint.id, add: [secret], remove: [] })
    expect(await store.secrets.get(secret.id)).toEqual(secret)
    await store.endpoints.delete({ endpointId: endpoint.id, now: NOW })
    expect(await store.secrets.get(secret.id)).toBeNull()
    expect(await store.secrets.list(endpoint.id)).toEqual([])
  })
})

onEveryStore('Answers as they came', (open) => {
  it('SE12 are kept with their attempt, revealed once and forgotten by it, and go with their event', async () => {
    const { store, project, addEndpoint, addEvent, claim, conclude } = await open()
    const endpoint = await addEndpoint()
    const { event, deliveries } = await addEvent({ to: [endpoint] })
    const deliveryId = deliveries[0]!.id
    const [first] = await claim(endpoint.id)
    await conclude(first!, { rawAnswer: Uint8Array.of(7, 8), delivery: { dueAt: NOW } })
    const [second] = await claim(endpoint.id)
    await conclude(second!, { delivery: { state: 'failed', dueAt: null } })
    const { attemptId } = first!
    const kept = { attemptId, projectId: project.id, deliveryId, endpointId: endpoint.id, number: 1 }
    expect(await store.rawAnswers.get(attemptId)).toEqual({ ...kept, sealed: Uint8Array.of(7, 8) })
    expect(await store.rawAnswers.get(second!.attemptId)).toBeNull()
    expect(await store.rawAnswers.ofDelivery(deliveryId)).toEqual(new Map([[attemptId, null]]))

    const what = { secretId: attemptId, endpointId: endpoint.id, name: 'answer', version: 1 }
    const order = { secret: what, by, now: NOW, most: 2, withinMs: HOUR }
    expect(await store.rawAnswers.reveal(order)).toEqual({ outcome: 'revealed', at: NOW, left: 1 })
    expect(await store.rawAnswers.get(attemptId)).toEqual({ ...kept, sealed: null })
    expect(await store.rawAnswers.ofDelivery(deliveryId)).toEqual(new Map([[attemptId, { at: NOW, by }]]))
    expect(await store.rawAnswers.reveal(order)).toMatchObject({ outcome: 'already_revealed' })
    expect((await store.vault.reveals({ endpointId: endpoint.id, limit: 10 })).map((each) => each.outcome)).toEqual([
      'already_revealed',
      'revealed',
    ])

    await store.retention.deleteEvent(event.id)
    expect(await store.rawAnswers.get(attemptId)).toBeNull()
  })

  it('SE12 count among the reveals of their endpoint', async () => {
    const { store, addEndpoint, addEvent, claim, conclude } = await open()
    const endpoint = await addEndpoint()
    await addEvent({ to: [endpoint] })
    const [claimed] = await claim(endpoint.id)
    await conclude(claimed!, { rawAnswer: Uint8Array.of(7), delivery: { state: 'failed', dueAt: null } })
    await store.vault.reveal(step(secretOf(endpoint, 'a'), { most: 1 }))
    const what = { secretId: claimed!.attemptId, endpointId: endpoint.id, name: 'answer', version: 1 }
    const refused = await store.rawAnswers.reveal({ secret: what, by, now: NOW, most: 1, withinMs: HOUR })
    expect(refused).toEqual({ outcome: 'reveal_limit', nextAt: NOW + HOUR })
    expect((await store.rawAnswers.get(claimed!.attemptId))?.sealed).toEqual(Uint8Array.of(7))
  })
})

onEveryStore('The keys', (open) => {
  it('keeps the first data key of a number, and lists the newest first', async () => {
    const { store, project, addProject } = await open()
    const { id: projectId } = project
    expect(await store.dataKeys.list(projectId)).toEqual([])
    const first = { projectId, number: 1, sealed: Uint8Array.of(1, 2) }
    const kept = await Promise.all([
      store.dataKeys.keep(first),
      store.dataKeys.keep({ ...first, sealed: Uint8Array.of(3) }),
    ])
    expect(kept).toEqual([first, first])
    const second = { projectId, number: 2, sealed: Uint8Array.of(9) }
    await store.dataKeys.keep(second)
    const foreign = { projectId: (await addProject()).id, number: 1, sealed: Uint8Array.of(7) }
    await store.dataKeys.keep(foreign)
    expect(await store.dataKeys.list(projectId)).toEqual([second, first])
    expect(await store.dataKeys.replace({ ...first, sealed: Uint8Array.of(0) }, Uint8Array.of(5))).toBe(false)
    expect(await store.dataKeys.replace(first, Uint8Array.of(5))).toBe(true)
    await store.dataKeys.drop(second)
    expect(await store.dataKeys.list(projectId)).toEqual([{ ...first, sealed: Uint8Array.of(5) }])
    expect(await store.dataKeys.list(foreign.projectId)).toEqual([foreign])
  })

  it('DA04 lists what a project’s keys seal, page by page, and replaces only what is still as it was', async () => {
    const { store, project, addEndpoint, addEvent, addProject, claim, conclude } = await open()
    const endpoint = await addEndpoint()
    const secrets = ['a', 'b', 'c'].map((name, index) => secretOf(endpoint, name, { sealed: Uint8Array.of(index) }))
    await store.secrets.change({ endpointId: endpoint.id, add: secrets, remove: [] })
    const source = newSource(project.id)
    const sealed = { role: 'signing' as const, sealed: Uint8Array.of(7), createdAt: NOW }
    const ofSource = { id: ids.next('sec'), projectId: project.id, sourceId: source.id, ...sealed }
    await store.sources.create(source, [ofSource])
    const query = { projectId: project.id, after: 0, limit: 2 }
    const page = await store.dataKeys.texts({ ...query, kind: 'endpoint' })
    expect(page.map(({ text }) => text)).toEqual(secrets.slice(0, 2))
    const rest = await store.dataKeys.texts({ ...query, kind: 'endpoint', after: page[1]!.position })
    expect(rest.map(({ text }) => text)).toEqual([secrets[2]])
    expect((await store.dataKeys.texts({ ...query, kind: 'source' })).map(({ text }) => text)).toEqual([ofSource])
    expect(await store.dataKeys.texts({ ...query, kind: 'sender' })).toEqual([])
    await addEvent({ to: [endpoint] })
    const [claimed] = await claim(endpoint.id)
    await conclude(claimed!, { rawAnswer: Uint8Array.of(4), delivery: { state: 'failed', dueAt: null } })
    const answer = { projectId: project.id, attemptId: claimed!.attemptId, sealed: Uint8Array.of(4) }
    expect((await store.dataKeys.texts({ ...query, kind: 'answer' })).map(({ text }) => text)).toEqual([answer])
    const elsewhere = { ...query, projectId: (await addProject()).id }
    expect(await store.dataKeys.texts({ ...elsewhere, kind: 'endpoint' })).toEqual([])

    expect(await store.dataKeys.reseal({ ...secrets[0]!, sealed: Uint8Array.of(8) }, Uint8Array.of(9))).toBe(false)
    expect(await store.dataKeys.reseal(secrets[0]!, Uint8Array.of(9))).toBe(true)
    expect(await store.dataKeys.reseal(ofSource, Uint8Array.of(9))).toBe(true)
    expect(await store.dataKeys.reseal(answer, Uint8Array.of(9))).toBe(true)
    expect(await store.dataKeys.reseal(answer, Uint8Array.of(8))).toBe(false)
    expect((await store.rawAnswers.get(claimed!.attemptId))?.sealed).toEqual(Uint8Array.of(9))
    expect((await store.secrets.get(secrets[0]!.id))!.sealed).toEqual(Uint8Array.of(9))
    expect((await store.sources.secrets(source.id))[0]!.sealed).toEqual(Uint8Array.of(9))
  })
})
