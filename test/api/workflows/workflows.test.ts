import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunDetail, RunView, WorkflowView } from '#shared/contract/workflows/workflows.ts'
import type { Caller } from '#main/engine/engine.ts'
import type { Scope } from '#shared/model/scope.ts'
import { createRouter } from '#main/api/router.ts'
import type { FeedItem } from '#shared/contract/feed.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'

describe('workflows over REST', () => {
  let rig: ApiRig
  let receiver: Receiver
  beforeAll(async () => {
    rig = await startApiRig()
    receiver = await startReceiver({
      script: ({ target }) => ({ status: target.startsWith('/broken') ? 500 : 200 }),
    })
    await rig.engine.start()
  })
  afterAll(async () => {
    await rig.stop()
    await receiver.close()
  })

  async function json(method: string, path: string, body?: unknown) {
    const response = await rig.call(method, path, body)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  const project = () => rig.engine.projects.resolve('default').id

  /** The run at its end, as the feed tells it. */
  async function ended(name: string, start: () => Promise<{ body: Record<string, unknown> }>) {
    const { promise, resolve } = Promise.withResolvers<FeedItem>()
    const feed = rig.live.follow(project())
    void (async () => {
      for await (const item of feed) {
        if (item.type === 'workflow_run.changed' && item.run.status !== 'running') return resolve(item)
      }
    })()
    const { body } = await start()
    const told = await promise
    await feed.return?.(undefined)
    const shown = await json('GET', `/workflows/${name}/runs/${String(body['id'])}`)
    return { told, run: RunDetail.parse(shown.body) }
  }

  it('CRL-2 defines a workflow by PUT, whole and as often as wanted, and shows it', async () => {
    const definition = {
      targets: [{ url: `${receiver.url}/fine`, tags: ['eu'] }, { url: `${receiver.url}/broken` }],
      events: [{ type: 'batch_run.state', provider: 'crawlens' }],
      schedule: { cron: '30 6 * * 1-5', timeZone: 'Europe/Berlin' },
    }
    const put = await json('PUT', '/workflows/checkout-smoke', definition)
    expect(put.status).toBe(200)
    const view = WorkflowView.parse(put.body)
    expect(view).toMatchObject({
      name: 'checkout-smoke',
      options: { concurrency: 4, stopOnFirstFailure: false, timeoutMs: 600_000, overlap: 'refuse' },
      schedule: { missed: 'skip', tags: [] },
      nextStartAt: expect.stringMatching(/T0[45]:30:00\.000Z$/),
      latestRun: null,
      gate: null,
    })
    const again = await json('PUT', '/workflows/checkout-smoke', definition)
    expect(again.body['id']).toBe(view.id)
    expect((await json('GET', '/workflows')).body).toMatchObject({ items: [{ id: view.id }], nextCursor: null })
    expect(await json('PUT', '/workflows/checkout-smoke', { ...definition, target: [] })).toMatchObject({ status: 400 })
    const unclear = await json('PUT', '/workflows/checkout-smoke', { ...definition, events: [{ type: 'a' }] })
    expect(unclear).toMatchObject({ status: 400, body: { error: { field: 'events.0.data' } } })
  })

  it('CRL-2 starts a run with 202, tells it live, and shows state and trace by their names', async () => {
    const { told, run } = await ended('checkout-smoke', async () => {
      const started = await json('POST', '/workflows/checkout-smoke/runs', { trigger: 'ci' })
      expect(started.status).toBe(202)
      expect(RunView.parse(started.body)).toMatchObject({ status: 'running', trigger: 'ci', total_urls: 2 })
      return started
    })
    const state = {
      batch_run_id: run.id,
      status: 'partial_failure',
      completed_urls: 1,
      failed_urls: 1,
      total_urls: 2,
      progress_percentage: 100,
    }
    expect(run).toMatchObject(state)
    expect(told).toMatchObject({ run: state })
    expect(run.trace).toMatchObject([
      {
        url: `${receiver.url}/fine`,
        outcome: 'succeeded',
        eventType: 'batch_run.state',
        lastStatus: 200,
        tags: ['eu'],
      },
      { url: `${receiver.url}/broken`, outcome: 'failed', lastStatus: 500, lastFailure: 'server_error' },
    ])
    for (const { deliveryId, eventId } of run.trace) {
      expect(await json('GET', `/deliveries/${deliveryId}`)).toMatchObject({ status: 200, body: { eventId } })
    }
    const list = await json('GET', '/workflows/checkout-smoke/runs?limit=1')
    expect(list.body).toMatchObject({ items: [state], nextCursor: null })
    expect((await json('GET', '/workflows/checkout-smoke')).body).toMatchObject({ latestRun: state })
    expect(await json('POST', `/workflows/checkout-smoke/runs/${run.id}/cancel`)).toMatchObject({ status: 409 })
  })

  it('CRL-2 refuses a run of what is not there', async () => {
    expect((await json('POST', '/workflows/nothing/runs')).status).toBe(404)
    expect((await json('GET', '/workflows/checkout-smoke/runs/run_none')).status).toBe(404)
    const tagged = await json('POST', '/workflows/checkout-smoke/runs', { tags: ['asia'] })
    expect(tagged).toMatchObject({ status: 400, body: { error: { field: 'tags' } } })
  })

  it('CRL-1 asks for the right to send anywhere of whoever chooses addresses, not of whoever runs', async () => {
    const { engine } = rig
    const { live, info } = rig
    const key: Caller = { name: 'ci', kind: 'key', keyId: 'key_1', address: null, projectId: null, scopes: 'all' }
    const clientOf = (...scopes: Scope[]) => {
      const actor: Caller = { ...key, scopes: new Set(scopes) }
      const context = { engine, live, info, log: silentLog, projectRef: null, actor }
      return createRouterClient(createRouter(), { context }).workflows
    }
    const definition = {
      name: 'preview',
      targets: [{ url: `http://{variable.host}/fine` }],
      events: [{ type: 'a', data: 1 }],
      variables: { host: `127.0.0.1:${receiver.port}` },
    }
    await expect(clientOf('workflows:write').put(definition)).rejects.toMatchObject({ code: 'forbidden' })
    await clientOf('workflows:write', 'deliveries:anywhere').put(definition)
    const runner = clientOf('workflows:run').runs
    await expect(runner.start({ name: 'preview', variables: { host: 'other.test' } })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(clientOf('workflows:read').runs.start({ name: 'preview' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { run } = await ended('preview', async () => ({ body: await runner.start({ name: 'preview' }) }))
    expect(run).toMatchObject({ status: 'succeeded', trigger: 'ci', actor: 'ci' })
    expect((await json('DELETE', '/workflows/preview')).body).toEqual({ name: 'preview', runs: 1 })
  })
})
